use calliyo_domain::job::{Job, Trigger};

use super::active;
use crate::{Result, Tx};

/// What asking for a run led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requested {
    New(i64),
    /// That job waits or is at work already.
    UnderWay(i64),
}

/// Writes down that `job` shall run, unless it waits or is at work already. Enqueue it in the same transaction
/// with [`crate::queue::push`].
pub async fn request(tx: &mut Tx, job: Job, trigger: Trigger, by: Option<i64>, now: i64) -> Result<Requested> {
    loop {
        // One that the schedule made counts too.
        if let Some(run) = active(tx, job).await? {
            return Ok(Requested::UnderWay(run.id));
        }
        if let Some(id) = insert(tx, job, trigger, by, now).await? {
            return Ok(Requested::New(id));
        }
    }
}

/// Writes a waiting run down; nothing where the job has one open already.
pub(crate) async fn insert(tx: &mut Tx, job: Job, trigger: Trigger, by: Option<i64>, now: i64) -> Result<Option<i64>> {
    Ok(on!(tx, conn => {
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
    }))
}
