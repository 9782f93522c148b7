use std::{collections::HashMap, fmt::Write as _};

use calliyo_domain::{
    assignment::{Plan, Reason},
    job::{AgentShare, Assigned},
    status,
};
use sqlx::FromRow;

use super::snapshot::Snapshot;
use crate::{Result, Tx};

/// What a plan put into effect changed, counted from the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub outcome: Assigned,
    /// Receivers whose queue the run touched, in the order of their ids.
    pub shares: Vec<AgentShare>,
}

/// One lead's move, with the state it was planned on.
struct Step {
    lead: i64,
    to: i64,
    version: i64,
    from_owner: Option<i64>,
    from_status: i64,
}

/// The moves are written in this many parts, so that the bar moves between them; few, since each costs statements.
const PARTS: usize = 2;

/// Why the events say a lead moved.
const WHY: &str = "Auto lead assignment";

/// Moves the plan's leads: each takes status Assigned and its new owner, with one event that carries `run`. Leads
/// that are no longer as `snapshot` saw them are left alone and counted as skipped. `progress` is told the leads
/// moved so far. The number of statements does not depend on the number of leads.
pub async fn apply(
    tx: &mut Tx,
    run: i64,
    snapshot: &Snapshot,
    plan: &Plan,
    now: i64,
    mut progress: impl FnMut(u64),
) -> Result<Applied> {
    let steps = steps(snapshot, plan);
    let mut moved = 0;
    for part in steps.chunks(steps.len().div_ceil(PARTS).max(1)) {
        moved += move_leads(tx, run, part, now).await?;
        progress(moved);
    }
    let planned = steps.len() as u64;
    let counts = if moved == planned { planned_counts(&steps) } else { event_counts(tx, run).await? };
    let shares = shares(tx, snapshot, &counts).await?;
    write_shares(tx, run, &shares, now).await?;
    let left = |reason| plan.left.iter().filter(|left| left.reason == reason).count() as u64;
    let outcome = Assigned {
        assigned: moved,
        agents: shares.iter().filter(|share| share.given > 0).count() as u64,
        at_cap: left(Reason::AtCap),
        kept: left(Reason::NoOtherAgent),
        skipped: planned - moved,
    };
    Ok(Applied { outcome, shares })
}

/// The plan's moves beside what the snapshot knew of their leads; both are in the order of the leads' ids.
fn steps(snapshot: &Snapshot, plan: &Plan) -> Vec<Step> {
    let mut moves = plan.moves.iter().peekable();
    let mut steps = Vec::with_capacity(plan.moves.len());
    for (lead, mark) in snapshot.plan.leads.iter().zip(&snapshot.marks) {
        if let Some(step) = moves.next_if(|step| step.lead == lead.id) {
            steps.push(Step {
                lead: lead.id,
                to: step.to,
                version: mark.version,
                from_owner: lead.owner,
                from_status: mark.status,
            });
        }
    }
    debug_assert!(moves.next().is_none(), "every move is of a lead of the snapshot");
    steps
}

async fn move_leads(tx: &mut Tx, run: i64, steps: &[Step], now: i64) -> Result<u64> {
    match tx {
        // First the events, from the leads that are still as planned; then the leads, from the events.
        Tx::Sqlite(tx) => {
            let events = sqlx::query(
                "INSERT INTO lead_events (lead_id, at, run_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
                 SELECT l.id, $2, $3, l.status_id, $4, l.owner_id, m.value ->> 1, $5 \
                 FROM json_each($1) m CROSS JOIN leads l ON l.id = m.value ->> 0 AND l.version = m.value ->> 2",
            )
            .bind(as_json(steps))
            .bind(now)
            .bind(run)
            .bind(status::ASSIGNED)
            .bind(WHY)
            .execute(&mut **tx)
            .await?;
            let Some((first, last)) = steps.first().zip(steps.last()) else { return Ok(0) };
            let leads = sqlx::query(
                "UPDATE leads SET owner_id = e.to_owner_id, status_id = e.to_status_id, status_since = e.at, assigned_at = e.at, \
                   last_owner_id = coalesce(e.from_owner_id, last_owner_id), version = version + 1 \
                 FROM lead_events e WHERE e.run_id = $1 AND e.lead_id BETWEEN $2 AND $3 AND leads.id = e.lead_id",
            )
            .bind(run)
            .bind(first.lead)
            .bind(last.lead)
            .execute(&mut **tx)
            .await?;
            debug_assert_eq!(events.rows_affected(), leads.rows_affected());
            Ok(leads.rows_affected())
        }
        // Both in one statement: a lead that somebody changes meanwhile gets neither.
        Tx::Postgres(tx) => {
            let moved = sqlx::query(
                "WITH moved AS ( \
                   UPDATE leads l SET owner_id = m.to_owner, status_id = $7, status_since = $6, assigned_at = $6, \
                     last_owner_id = coalesce(m.from_owner, l.last_owner_id), version = l.version + 1 \
                   FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) \
                     AS m (lead, to_owner, version, from_owner, from_status) \
                   WHERE l.id = m.lead AND l.version = m.version \
                   RETURNING l.id, m.to_owner, m.from_owner, m.from_status) \
                 INSERT INTO lead_events (lead_id, at, run_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
                 SELECT id, $6, $8, from_status, $7, from_owner, to_owner, $9 FROM moved",
            )
            .bind(steps.iter().map(|step| step.lead).collect::<Vec<_>>())
            .bind(steps.iter().map(|step| step.to).collect::<Vec<_>>())
            .bind(steps.iter().map(|step| step.version).collect::<Vec<_>>())
            .bind(steps.iter().map(|step| step.from_owner).collect::<Vec<_>>())
            .bind(steps.iter().map(|step| step.from_status).collect::<Vec<_>>())
            .bind(now)
            .bind(status::ASSIGNED)
            .bind(run)
            .bind(WHY)
            .execute(&mut **tx)
            .await?;
            Ok(moved.rows_affected())
        }
    }
}

/// `[[lead, to, version], …]`.
fn as_json(steps: &[Step]) -> String {
    let mut json = String::with_capacity(steps.len() * 24 + 2);
    json.push('[');
    for (i, step) in steps.iter().enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let _ = write!(json, "{comma}[{},{},{}]", step.lead, step.to, step.version);
    }
    json.push(']');
    json
}

/// Per agent, the leads given and taken.
type Counts = HashMap<i64, (i64, i64)>;

fn planned_counts(steps: &[Step]) -> Counts {
    let mut counts = Counts::new();
    for step in steps {
        counts.entry(step.to).or_default().0 += 1;
        if let Some(owner) = step.from_owner {
            counts.entry(owner).or_default().1 += 1;
        }
    }
    counts
}

async fn event_counts(tx: &mut Tx, run: i64) -> Result<Counts> {
    let rows: Vec<(i64, i64, i64)> = on!(tx, conn => {
        sqlx::query_as(
            "SELECT agent, CAST(sum(given) AS bigint), CAST(sum(taken) AS bigint) FROM ( \
               SELECT to_owner_id AS agent, 1 AS given, 0 AS taken FROM lead_events WHERE run_id = $1 \
               UNION ALL \
               SELECT from_owner_id, 0, 1 FROM lead_events WHERE run_id = $1 AND from_owner_id IS NOT NULL) AS steps \
             GROUP BY agent",
        )
        .bind(run)
        .fetch_all(conn)
        .await?
    });
    Ok(rows.into_iter().map(|(agent, given, taken)| (agent, (given, taken))).collect())
}

#[derive(FromRow)]
struct LoadRow {
    owner_id: i64,
    load: i64,
}

/// The receivers that the run touched, with their load as it now stands in the database.
async fn shares(tx: &mut Tx, snapshot: &Snapshot, counts: &Counts) -> Result<Vec<AgentShare>> {
    let rows: Vec<LoadRow> = on!(tx, conn => {
        sqlx::query_as(
            "SELECT l.owner_id, count(*) AS load FROM leads l \
             WHERE l.owner_id IS NOT NULL AND l.status_id IN (SELECT id FROM statuses WHERE on_queue) GROUP BY l.owner_id",
        )
        .fetch_all(conn)
        .await?
    });
    let loads: HashMap<i64, i64> = rows.into_iter().map(|row| (row.owner_id, row.load)).collect();
    let share = |agent: &calliyo_domain::assignment::Agent| {
        let (given, taken) = *counts.get(&agent.id)?;
        let after = loads.get(&agent.id).copied().unwrap_or(0);
        Some(AgentShare { agent: agent.id, before: agent.load.into(), given, taken, after, cap: agent.cap.into() })
    };
    let mut shares: Vec<_> = snapshot.plan.agents.iter().filter_map(share).collect();
    shares.sort_unstable_by_key(|share| share.agent);
    Ok(shares)
}

/// Writes the shares down; the table refuses any that break a cap, and with it the run.
async fn write_shares(tx: &mut Tx, run: i64, shares: &[AgentShare], now: i64) -> Result<()> {
    let json = serde_json::to_string(shares)?;
    match tx {
        Tx::Sqlite(tx) => {
            sqlx::query(
                "INSERT INTO run_agents (run_id, agent_id, before, given, taken, after, cap) \
                 SELECT $2, value ->> 'agent', value ->> 'before', value ->> 'given', value ->> 'taken', value ->> 'after', \
                   value ->> 'cap' FROM json_each($1)",
            )
            .bind(json)
            .bind(run)
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "INSERT INTO run_agents (run_id, agent_id, before, given, taken, after, cap) \
                 SELECT $2, agent, before, given, taken, after, cap FROM json_to_recordset($1::json) \
                   AS share (agent bigint, before bigint, given bigint, taken bigint, after bigint, cap bigint)",
            )
            .bind(json)
            .bind(run)
            .execute(&mut **tx)
            .await?;
        }
    }
    on!(tx, conn => {
        sqlx::query("UPDATE users SET last_given_at = $2 WHERE id IN (SELECT agent_id FROM run_agents WHERE run_id = $1 AND given > 0)")
            .bind(run)
            .bind(now)
            .execute(conn)
            .await?;
    });
    Ok(())
}
