//! Runs of jobs: asked for, claimed, finished, looked up. The row is the truth about a run; the queue only says that
//! there is something to do. Whoever claims a run gets a fence; what an older fence writes no longer counts.

mod claim;
mod daily;
mod history;
mod request;
mod shares;

use calliyo_domain::job::{Job, RunState, Trigger};
use sqlx::FromRow;

use crate::{Error, Result, Tx};

pub use claim::{Claim, MAX_CLAIMS, SignOfLife, claim, claim_next, fail, finish, heartbeat, open, put_back};
#[cfg(test)]
pub(crate) use daily::CURRENT;
pub use history::{HistoryFilter, MovedLead, list, moved_leads, prune, since};
#[cfg(test)]
pub(crate) use history::{LIST, LIST_OF_JOB, MOVED};
pub(crate) use request::insert;
pub use request::{Requested, request};
pub(crate) use shares::ShareRow;
pub use shares::{Share, shares};

/// A run as people see it. Times are unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: i64,
    pub job: Job,
    pub trigger: Trigger,
    /// The day a scheduled run stands for, as YYYY-MM-DD.
    pub local_date: Option<String>,
    pub state: RunState,
    /// The name of who asked for it.
    pub requested_by: Option<String>,
    pub requested_at: i64,
    /// First claimed at; a run that failed before has none.
    pub started_at: Option<i64>,
    pub finished_at: Option<i64>,
    /// The version of its section that it ran with.
    pub settings_version: Option<i64>,
}

impl Run {
    /// When it started, or else when it was asked for: what its last-run line shows.
    #[must_use]
    pub fn began(&self) -> i64 {
        self.started_at.unwrap_or(self.requested_at)
    }

    fn is_open(&self) -> bool {
        matches!(self.state, RunState::Queued | RunState::Running)
    }
}

#[derive(FromRow)]
struct Row {
    id: i64,
    job: String,
    trigger: String,
    local_date: Option<String>,
    state: String,
    requested_by: Option<String>,
    requested_at: i64,
    started_at: Option<i64>,
    finished_at: Option<i64>,
    settings_version: Option<i64>,
    outcome: Option<String>,
    failure: Option<String>,
}

impl Row {
    fn into_run(self) -> Result<Run> {
        let state = match (self.state.as_str(), self.outcome, self.failure) {
            ("done", Some(outcome), _) => RunState::Done { outcome: serde_json::from_str(&outcome)? },
            ("failed", _, Some(reason)) => RunState::Failed { reason },
            ("running", ..) => RunState::Running,
            ("missed", ..) => RunState::Missed,
            _ => RunState::Queued,
        };
        Ok(Run {
            id: self.id,
            job: Job::from_key(&self.job).ok_or(Error::Unknown { what: "job", key: self.job })?,
            trigger: Trigger::from_key(&self.trigger).ok_or(Error::Unknown { what: "trigger", key: self.trigger })?,
            local_date: self.local_date,
            state,
            requested_by: self.requested_by,
            requested_at: self.requested_at,
            started_at: self.started_at,
            finished_at: self.finished_at,
            settings_version: self.settings_version,
        })
    }
}

macro_rules! select_run {
    ($($where:expr),+) => {
        concat!(
            "SELECT r.id, r.job, r.trigger, r.local_date, r.state, u.name AS requested_by, r.requested_at, r.started_at, ",
            "r.finished_at, r.settings_version, r.outcome, r.failure ",
            "FROM runs r LEFT JOIN users u ON u.id = r.requested_by ",
            $($where),+
        )
    };
}
use select_run;

pub(crate) const ACTIVE: &str =
    select_run!("WHERE r.job = $1 AND r.state IN ('queued', 'running') ORDER BY r.state DESC, r.id LIMIT 1");
pub(crate) const LAST_ENDED: &str =
    select_run!("WHERE r.job = $1 AND r.state IN ('done', 'failed') ORDER BY r.id DESC LIMIT 1");

/// The run of `job` that is at work, or else one that waits.
pub async fn active(tx: &mut Tx, job: Job) -> Result<Option<Run>> {
    if let Some(runs) = daily::current(tx, job).await? {
        return Ok(runs.into_iter().find(Run::is_open));
    }
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(ACTIVE).bind(job.key()).fetch_optional(conn).await?);
    row.map(Row::into_run).transpose()
}

/// The last run of `job` that ended.
pub async fn last_ended(tx: &mut Tx, job: Job) -> Result<Option<Run>> {
    if let Some(runs) = daily::current(tx, job).await? {
        return Ok(runs.into_iter().find(|run| !run.is_open()));
    }
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(LAST_ENDED).bind(job.key()).fetch_optional(conn).await?);
    row.map(Row::into_run).transpose()
}

/// One run.
pub async fn by_id(tx: &mut Tx, id: i64) -> Result<Option<Run>> {
    let row: Option<Row> =
        on!(tx, conn => sqlx::query_as(select_run!("WHERE r.id = $1")).bind(id).fetch_optional(conn).await?);
    row.map(Row::into_run).transpose()
}
