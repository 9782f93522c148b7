use calliyo_domain::assignment as plan;
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use sqlx::FromRow;

use crate::{Result, Tx};

/// What the planner is given, and what putting its plan into effect needs to know besides.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Leads are in the order of their ids.
    pub plan: plan::Snapshot,
    /// Per lead, in the same order: its version and its status.
    pub(super) marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub version: i64,
    pub status: i64,
}

#[derive(FromRow)]
struct AgentRow {
    id: i64,
    cap: i64,
    load: i64,
    received: i64,
    last_given_at: Option<i64>,
}

/// An eligible lead's columns, read by position: a million of them by name would cost a second.
type LeadRow = (i64, Option<i64>, i64, bool, Option<i64>, i64, i64);

/// Holds off whoever would raise an agent's load until the transaction ends, so that a plan made within it keeps
/// the caps. Whoever gives a lead to an agent locks that agent's row the same way.
pub async fn lock_agents(tx: &mut Tx) -> Result<()> {
    tx.lock("SELECT id FROM users ORDER BY id FOR NO KEY UPDATE").await
}

/// The moment that a snapshot is of, in unix milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: i64,
    /// Since when what agents received counts ([`calliyo_domain::fairness::since`]).
    pub fair_since: i64,
}

/// Reads the receivers (agents, not banned, receiving leads) and the eligible leads: on one of `statuses`, no
/// customer, no follow-up still ahead. Calls `progress` with the leads read so far.
pub async fn snapshot(tx: &mut Tx, statuses: &[i64], at: Moment, progress: impl FnMut(u64)) -> Result<Snapshot> {
    let agents = receivers(tx, at.fair_since).await?;
    eligible(tx, agents, statuses, at.now, progress).await
}

/// Like [`snapshot`], for a job that takes leads: its agents are all who own any lead, whether they receive or not.
pub async fn snapshot_of_owned(tx: &mut Tx, statuses: &[i64], now: i64, progress: impl FnMut(u64)) -> Result<Snapshot> {
    // What they received before is of no account to who only gives.
    let agents = agents(tx, HOLDERS, i64::MAX).await?;
    eligible(tx, agents, statuses, now, progress).await
}

async fn eligible(
    tx: &mut Tx,
    agents: Vec<plan::Agent>,
    statuses: &[i64],
    now: i64,
    mut progress: impl FnMut(u64),
) -> Result<Snapshot> {
    let mut snapshot = Snapshot::default();
    snapshot.plan.agents = agents;
    let mut rows = Vec::new();
    let mut eligible = leads(tx, statuses, now)?;
    while let Some(row) = eligible.try_next().await? {
        rows.push(row);
        if rows.len().is_multiple_of(STEP) {
            progress(rows.len() as u64);
        }
    }
    drop(eligible);
    // They come as one ordered stretch per status, which is quicker to merge here than in the database.
    rows.sort_by_key(|row| row.0);
    for (id, owner, status_since, on_queue, last_owner, version, status) in rows {
        snapshot.marks.push(Mark { version, status });
        snapshot.plan.leads.push(plan::Lead { id, owner, status_since, on_queue, last_owner });
    }
    Ok(snapshot)
}

/// Leads between two words of progress.
const STEP: usize = 20_000;

macro_rules! select_agents {
    ($who:literal) => {
        concat!(
            "SELECT u.id, u.lead_cap AS cap, u.last_given_at, ",
            load!(),
            ", coalesce(fair.received, 0) AS received FROM users u LEFT JOIN (",
            "SELECT a.agent_id, CAST(sum(a.given) AS BIGINT) AS received FROM runs f JOIN run_agents a ON a.run_id = f.id ",
            "WHERE f.finished_at >= $1 GROUP BY a.agent_id) AS fair ON fair.agent_id = u.id ",
            $who,
            " ORDER BY u.id"
        )
    };
}

pub(crate) const RECEIVERS: &str =
    select_agents!("JOIN roles r ON r.id = u.role_id AND r.tasks WHERE u.receiving AND NOT u.banned");
pub(crate) const HOLDERS: &str = select_agents!("WHERE EXISTS (SELECT 1 FROM leads l WHERE l.owner_id = u.id)");

/// The agents to whom the jobs give leads.
pub(crate) async fn receivers(tx: &mut Tx, fair_since: i64) -> Result<Vec<plan::Agent>> {
    agents(tx, RECEIVERS, fair_since).await
}

async fn agents(tx: &mut Tx, sql: &'static str, fair_since: i64) -> Result<Vec<plan::Agent>> {
    let rows: Vec<AgentRow> = on!(tx, conn => sqlx::query_as(sql).bind(fair_since).fetch_all(conn).await?);
    let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(rows
        .into_iter()
        .map(|row| plan::Agent {
            id: row.id,
            cap: number(row.cap),
            load: number(row.load),
            received: number(row.received),
            last_given_at: row.last_given_at,
        })
        .collect())
}

macro_rules! select_eligible {
    ($among:literal) => {
        concat!(
            "SELECT l.id, l.owner_id, l.status_since, s.on_queue, l.last_owner_id, l.version, l.status_id ",
            "FROM leads l JOIN statuses s ON s.id = l.status_id ",
            "WHERE l.status_id <> 4 AND l.status_id ",
            $among,
            " AND l.id NOT IN (SELECT lead_id FROM follow_ups WHERE resolved_at IS NULL AND due_at > $2)"
        )
    };
}

pub(crate) const ELIGIBLE_SQLITE: &str = select_eligible!("IN (SELECT value FROM json_each($1))");
pub(crate) const ELIGIBLE_POSTGRES: &str = select_eligible!("= ANY($1)");

fn leads<'t>(tx: &'t mut Tx, statuses: &[i64], now: i64) -> Result<BoxStream<'t, sqlx::Result<LeadRow>>> {
    Ok(match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as(ELIGIBLE_SQLITE).bind(serde_json::to_string(statuses)?).bind(now).fetch(&mut **tx).boxed()
        }
        Tx::Postgres(tx) => {
            sqlx::query_as(ELIGIBLE_POSTGRES).bind(statuses.to_vec()).bind(now).fetch(&mut **tx).boxed()
        }
    })
}
