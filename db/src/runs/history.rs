use calliyo_domain::{call::LeadState, job::Job, lead::full_name};
use sqlx::FromRow;

use super::{Row, Run, select_run};
use crate::{Result, Tx, lead_state::StateRow};

/// Which runs to list, newest first.
#[derive(Clone, Copy, Debug)]
pub struct HistoryFilter {
    pub job: Option<Job>,
    /// Only runs with a smaller id: the rest of a list that ended there.
    pub before: Option<i64>,
    /// Rows at most.
    pub limit: i64,
}

pub(crate) const LIST: &str = select_run!("WHERE r.id < $1 ORDER BY r.id DESC LIMIT $2");
pub(crate) const LIST_OF_JOB: &str = select_run!("WHERE r.id < $1 AND r.job = $3 ORDER BY r.id DESC LIMIT $2");

/// One page of runs, those that were missed among them.
pub async fn list(tx: &mut Tx, filter: &HistoryFilter) -> Result<Vec<Run>> {
    let sql = if filter.job.is_some() { LIST_OF_JOB } else { LIST };
    let rows: Vec<Row> = on!(tx, conn => {
        let mut query = sqlx::query_as(sql).bind(filter.before.unwrap_or(i64::MAX)).bind(filter.limit);
        if let Some(job) = filter.job {
            query = query.bind(job.key());
        }
        query.fetch_all(conn).await?
    });
    rows.into_iter().map(Row::into_run).collect()
}

const SINCE: &str = select_run!(
    "WHERE r.state IN ('queued', 'running') OR (r.finished_at >= $1 AND coalesce(r.started_at, r.requested_at) >= $1) \
     ORDER BY r.id DESC LIMIT $2"
);

/// The newest runs of those that began at `begins` (unix ms) or later, those that were missed among them, and of those
/// that haven't ended.
pub async fn since(tx: &mut Tx, begins: i64, limit: i64) -> Result<Vec<Run>> {
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(SINCE).bind(begins).bind(limit).fetch_all(conn).await?);
    rows.into_iter().map(Row::into_run).collect()
}

/// A lead that a run moved; statuses and owners by name.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct MovedLead {
    /// The event's id: the list's keyset.
    pub event: i64,
    pub lead: i64,
    pub first_name: String,
    pub last_name: String,
    /// What decides who may see the lead now.
    #[sqlx(flatten, try_from = "StateRow")]
    pub state: LeadState,
    /// Nothing where the status has been deleted since.
    pub from_status: Option<String>,
    pub to_status: Option<String>,
    pub from_owner: Option<String>,
    pub to_owner: Option<String>,
}

impl MovedLead {
    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }
}

pub(crate) const MOVED: &str = "SELECT e.id AS event, l.id AS lead, l.first_name, l.last_name, \
       l.status_id, l.owner_id, l.converter_id, l.converted_at, \
       f.name AS from_status, t.name AS to_status, a.name AS from_owner, b.name AS to_owner \
     FROM lead_events e JOIN leads l ON l.id = e.lead_id \
       LEFT JOIN statuses f ON f.id = e.from_status_id LEFT JOIN statuses t ON t.id = e.to_status_id \
       LEFT JOIN users a ON a.id = e.from_owner_id LEFT JOIN users b ON b.id = e.to_owner_id \
     WHERE e.run_id = $1 AND e.id > $2 ORDER BY e.id LIMIT $3";

/// The leads a run moved, in the order it moved them, after the event `after` (0 for the first).
pub async fn moved_leads(tx: &mut Tx, run: i64, after: i64, limit: i64) -> Result<Vec<MovedLead>> {
    Ok(on!(tx, conn => sqlx::query_as(MOVED).bind(run).bind(after).bind(limit).fetch_all(conn).await?))
}

/// Removes runs that ended before `before` (unix ms), with what belongs to them; their events stay. Gives how many.
pub async fn prune(tx: &mut Tx, before: i64) -> Result<u64> {
    Ok(on!(tx, conn => {
        for sql in [
            "DELETE FROM run_agents WHERE run_id IN (SELECT id FROM runs WHERE finished_at < $1)",
            "DELETE FROM import_rows WHERE run_id IN (SELECT id FROM runs WHERE finished_at < $1)",
            "DELETE FROM imports WHERE run_id IN (SELECT id FROM runs WHERE finished_at < $1)",
        ] {
            sqlx::query(sql).bind(before).execute(&mut *conn).await?;
        }
        sqlx::query("DELETE FROM runs WHERE finished_at < $1").bind(before).execute(conn).await?.rows_affected()
    }))
}
