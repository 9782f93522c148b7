//! Runs of jobs: asked for, claimed, finished. The row is the truth about a run; the queue only says that there is
//! something to do. Whoever claims a run gets a fence; what an older fence writes no longer counts.

use calliyo_domain::job::{AgentShare, Assigned, Job, RunState};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::{Result, Tx};

/// How long a claim holds without a heartbeat, in milliseconds.
pub const LEASE: i64 = 10_000;

/// How often a run is taken up before it counts as failed.
pub const MAX_CLAIMS: i64 = 3;

/// Why a run was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    RunNow,
    Command,
}

impl Trigger {
    fn key(self) -> &'static str {
        match self {
            Self::RunNow => "run_now",
            Self::Command => "command",
        }
    }
}

/// What asking for a run led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requested {
    New(i64),
    /// That job waits or is at work already.
    UnderWay(i64),
}

/// A run as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: i64,
    pub state: RunState,
    /// The name of who asked for it.
    pub requested_by: Option<String>,
    pub requested_at: i64,
    /// First claimed at; a run that failed before has none.
    pub started_at: Option<i64>,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    state: String,
    requested_by: Option<String>,
    requested_at: i64,
    started_at: Option<i64>,
    outcome: Option<String>,
    failure: Option<String>,
}

impl Row {
    fn into_run(self) -> Result<Run> {
        let state = match (self.state.as_str(), self.outcome, self.failure) {
            ("done", Some(outcome), _) => RunState::Done { outcome: serde_json::from_str(&outcome)? },
            ("failed", _, Some(reason)) => RunState::Failed { reason },
            ("running", ..) => RunState::Running,
            _ => RunState::Queued,
        };
        Ok(Run {
            id: self.id,
            state,
            requested_by: self.requested_by,
            requested_at: self.requested_at,
            started_at: self.started_at,
        })
    }
}

macro_rules! select_run {
    ($where:literal) => {
        concat!(
            "SELECT r.id, r.state, u.name AS requested_by, r.requested_at, r.started_at, r.outcome, r.failure ",
            "FROM runs r LEFT JOIN users u ON u.id = r.requested_by ",
            $where
        )
    };
}

pub(crate) const ACTIVE: &str =
    select_run!("WHERE r.job = $1 AND r.state IN ('queued', 'running') ORDER BY r.state DESC, r.id LIMIT 1");
pub(crate) const LAST_ENDED: &str =
    select_run!("WHERE r.job = $1 AND r.state IN ('done', 'failed') ORDER BY r.id DESC LIMIT 1");

/// Writes down that `job` shall run, unless it waits or is at work already. Enqueue it in the same transaction
/// with [`crate::queue::push`].
pub async fn request(tx: &mut Tx, job: Job, trigger: Trigger, by: Option<i64>, now: i64) -> Result<Requested> {
    loop {
        // One that the schedule made counts too.
        if let Some(run) = active(tx, job).await? {
            return Ok(Requested::UnderWay(run.id));
        }
        let made: Option<i64> = on!(tx, conn => {
            sqlx::query_scalar(
                "INSERT INTO runs (job, trigger, requested_by, requested_at, state, heartbeat_at) \
                 VALUES ($1, $2, $3, $4, 'queued', $4) ON CONFLICT DO NOTHING RETURNING id",
            )
            .bind(job.key())
            .bind(trigger.key())
            .bind(by)
            .bind(now)
            .fetch_optional(conn)
            .await?
        });
        if let Some(id) = made {
            return Ok(Requested::New(id));
        }
    }
}

/// The run of `job` that is at work, or else one that waits.
pub async fn active(tx: &mut Tx, job: Job) -> Result<Option<Run>> {
    let row: Option<Row> = on!(tx, conn => {
        sqlx::query_as(ACTIVE)
            .bind(job.key())
            .fetch_optional(conn)
            .await?
    });
    row.map(Row::into_run).transpose()
}

/// The last run of `job` that ended.
pub async fn last_ended(tx: &mut Tx, job: Job) -> Result<Option<Run>> {
    let row: Option<Row> = on!(tx, conn => {
        sqlx::query_as(LAST_ENDED)
            .bind(job.key())
            .fetch_optional(conn)
            .await?
    });
    row.map(Row::into_run).transpose()
}

/// One run.
pub async fn by_id(tx: &mut Tx, id: i64) -> Result<Option<Run>> {
    let row: Option<Row> =
        on!(tx, conn => sqlx::query_as(select_run!("WHERE r.id = $1")).bind(id).fetch_optional(conn).await?);
    row.map(Row::into_run).transpose()
}

/// Takes a waiting run; gives the fence, which is also how often it has been claimed. Nothing when it isn't to be
/// had, or another run is at work.
pub async fn claim(tx: &mut Tx, id: i64, now: i64) -> Result<Option<i64>> {
    let claimed = on!(tx, conn => {
        sqlx::query_scalar(
            "UPDATE runs SET state = 'running', fence = fence + 1, heartbeat_at = $2, started_at = coalesce(started_at, $2) \
             WHERE id = $1 AND state = 'queued' \
             AND NOT EXISTS (SELECT 1 FROM runs other WHERE other.state = 'running' AND other.id <> $1) RETURNING fence",
        )
        .bind(id)
        .bind(now)
        .fetch_optional(conn)
        .await
    });
    match claimed {
        Ok(fence) => Ok(fence),
        // Two servers claimed different runs at the same moment: the index let one through.
        Err(sqlx::Error::Database(e)) if e.is_unique_violation() => Ok(None),
        Err(e) => Err(e.into()),
    }
}

/// Says that the run's server is alive.
pub async fn heartbeat(tx: &mut Tx, id: i64, fence: i64, now: i64) -> Result<()> {
    on!(tx, conn => {
        sqlx::query("UPDATE runs SET heartbeat_at = $3 WHERE id = $1 AND fence = $2 AND state = 'running'")
            .bind(id)
            .bind(fence)
            .bind(now)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Ends the run with what it did; false when the fence is no longer ours, and then the caller must roll back.
pub async fn finish(
    tx: &mut Tx,
    id: i64,
    fence: i64,
    outcome: &Assigned,
    settings_version: i64,
    now: i64,
) -> Result<bool> {
    let outcome = serde_json::to_string(outcome)?;
    let ended = on!(tx, conn => {
        sqlx::query(
            "UPDATE runs SET state = 'done', outcome = $3, settings_version = $4, finished_at = $5 \
             WHERE id = $1 AND fence = $2 AND state = 'running'",
        )
        .bind(id)
        .bind(fence)
        .bind(&outcome)
        .bind(settings_version)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    Ok(ended == 1)
}

/// Ends the run as failed, for a reason in an admin's words; false when the fence isn't ours or the run waits again.
pub async fn fail(tx: &mut Tx, id: i64, fence: i64, reason: &str, now: i64) -> Result<bool> {
    let ended = on!(tx, conn => {
        sqlx::query(
            "UPDATE runs SET state = 'failed', failure = $3, finished_at = $4 \
             WHERE id = $1 AND fence = $2 AND state = 'running'",
        )
        .bind(id)
        .bind(fence)
        .bind(reason)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    Ok(ended == 1)
}

/// Runs that nobody has been at for [`LEASE`], oldest first: their task was lost, or their server.
pub async fn abandoned(tx: &mut Tx, now: i64) -> Result<Vec<i64>> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("SELECT id FROM runs WHERE state IN ('queued', 'running') AND heartbeat_at < $1 ORDER BY id")
            .bind(now - LEASE)
            .fetch_all(conn)
            .await?
    }))
}

/// Makes abandoned runs wait again, so that whoever had claimed them can no longer finish them; gives their ids, for
/// which tasks must be pushed in the same transaction.
pub async fn requeue(tx: &mut Tx, now: i64) -> Result<Vec<i64>> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "UPDATE runs SET state = 'queued', heartbeat_at = $1 \
             WHERE state IN ('queued', 'running') AND heartbeat_at < $2 RETURNING id",
        )
        .bind(now)
        .bind(now - LEASE)
        .fetch_all(conn)
        .await?
    }))
}

/// An agent's share of a run, with the agent's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub name: String,
    pub share: AgentShare,
}

#[derive(FromRow)]
struct ShareRow {
    name: String,
    agent_id: i64,
    before: i64,
    given: i64,
    taken: i64,
    after: i64,
    cap: i64,
}

/// What a run did to each agent's queue, by agent.
pub async fn shares(tx: &mut Tx, run: i64) -> Result<Vec<Share>> {
    let rows: Vec<ShareRow> = on!(tx, conn => {
        sqlx::query_as(
            "SELECT u.name, a.agent_id, a.before, a.given, a.taken, a.after, a.cap \
             FROM run_agents a JOIN users u ON u.id = a.agent_id WHERE a.run_id = $1 ORDER BY a.agent_id",
        )
        .bind(run)
        .fetch_all(conn)
        .await?
    });
    Ok(rows
        .into_iter()
        .map(|row| Share {
            name: row.name,
            share: AgentShare {
                agent: row.agent_id,
                before: row.before,
                given: row.given,
                taken: row.taken,
                after: row.after,
                cap: row.cap,
            },
        })
        .collect())
}
