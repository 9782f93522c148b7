use std::{collections::HashMap, fmt::Write as _};

use calliyo_domain::job::AgentShare;
use sqlx::FromRow;

use super::steps::{Moves, Step};
use crate::{Result, Tx};

/// What moves put into effect changed, counted from the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Leads moved.
    pub moved: u64,
    /// Leads left alone since somebody changed them after the snapshot.
    pub skipped: u64,
    /// The agents whose queue the run touched, in the order of their ids.
    pub shares: Vec<AgentShare>,
}

impl Applied {
    /// How many agents received a lead, or where none was given, lost one.
    #[must_use]
    pub fn agents(&self) -> u64 {
        let having = |part: fn(&AgentShare) -> i64| self.shares.iter().filter(|share| part(share) > 0).count() as u64;
        match having(|share| share.given) {
            0 => having(|share| share.taken),
            receivers => receivers,
        }
    }
}

/// The moves are written in this many parts, so that the bar moves between them; few, since each costs statements.
const PARTS: usize = 2;

/// Moves the leads: each takes its new status and owner, with one event that carries `run`. Leads that are no longer
/// as the snapshot saw them are left alone and counted as skipped. `progress` is told the leads moved so far. The
/// number of statements does not depend on the number of leads.
pub async fn apply(tx: &mut Tx, run: i64, moves: &Moves, now: i64, mut progress: impl FnMut(u64)) -> Result<Applied> {
    let mut moved = 0;
    for part in moves.steps.chunks(moves.steps.len().div_ceil(PARTS).max(1)) {
        moved += move_leads(tx, run, moves, part, now).await?;
        progress(moved);
    }
    let planned = moves.steps.len() as u64;
    let mut shares = moves.shares();
    if moved < planned {
        count_events(tx, run, &mut shares).await?;
    }
    let loads = loads(tx).await?;
    for share in &mut shares {
        share.after = loads.get(&share.agent).copied().unwrap_or(0);
    }
    write_shares(tx, run, &shares, now).await?;
    Ok(Applied { moved, skipped: planned - moved, shares })
}

async fn move_leads(tx: &mut Tx, run: i64, moves: &Moves, steps: &[Step], now: i64) -> Result<u64> {
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
            .bind(moves.to_status)
            .bind(moves.job.title())
            .execute(&mut **tx)
            .await?;
            let Some((first, last)) = steps.first().zip(steps.last()) else { return Ok(0) };
            let leads = sqlx::query(
                "UPDATE leads SET owner_id = e.to_owner_id, status_id = e.to_status_id, status_since = e.at, \
                   assigned_at = CASE WHEN e.to_owner_id IS NOT NULL THEN e.at END, \
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
                   UPDATE leads l SET owner_id = m.to_owner, status_id = $7, status_since = $6, \
                     assigned_at = CASE WHEN m.to_owner IS NOT NULL THEN $6 END, \
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
            .bind(moves.to_status)
            .bind(run)
            .bind(moves.job.title())
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
        let _ = write!(json, "{comma}[{},", step.lead);
        let _ = match step.to {
            Some(to) => write!(json, "{to},{}]", step.version),
            None => write!(json, "null,{}]", step.version),
        };
    }
    json.push(']');
    json
}

/// Puts what the run's events gave and took in the place of what was planned.
async fn count_events(tx: &mut Tx, run: i64, shares: &mut Vec<AgentShare>) -> Result<()> {
    let rows: Vec<(i64, i64, i64)> = on!(tx, conn => {
        sqlx::query_as(
            "SELECT agent, CAST(sum(given) AS bigint), CAST(sum(taken) AS bigint) FROM ( \
               SELECT to_owner_id AS agent, 1 AS given, 0 AS taken FROM lead_events WHERE run_id = $1 AND to_owner_id IS NOT NULL \
               UNION ALL \
               SELECT from_owner_id, 0, 1 FROM lead_events WHERE run_id = $1 AND from_owner_id IS NOT NULL) AS steps \
             GROUP BY agent",
        )
        .bind(run)
        .fetch_all(conn)
        .await?
    });
    let counts: HashMap<i64, (i64, i64)> =
        rows.into_iter().map(|(agent, given, taken)| (agent, (given, taken))).collect();
    shares.retain_mut(|share| {
        (share.given, share.taken) = counts.get(&share.agent).copied().unwrap_or_default();
        share.given > 0 || share.taken > 0
    });
    Ok(())
}

#[derive(FromRow)]
struct LoadRow {
    owner_id: i64,
    load: i64,
}

/// Every owner's load as it now stands in the database.
async fn loads(tx: &mut Tx) -> Result<HashMap<i64, i64>> {
    let rows: Vec<LoadRow> = on!(tx, conn => {
        sqlx::query_as(
            "SELECT l.owner_id, count(*) AS load FROM leads l \
             WHERE l.owner_id IS NOT NULL AND l.status_id IN (SELECT id FROM statuses WHERE on_queue) GROUP BY l.owner_id",
        )
        .fetch_all(conn)
        .await?
    });
    Ok(rows.into_iter().map(|row| (row.owner_id, row.load)).collect())
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
