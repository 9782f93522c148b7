use calliyo_domain::job::{Job, Outcome};
use sqlx::FromRow;

use crate::{Error, Result, Tx};

/// How often a run is taken up before it counts as failed.
pub const MAX_CLAIMS: i64 = 3;

/// A run that is the caller's to carry out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    pub run: i64,
    pub job: Job,
    /// Grows with each claim of the run, so that it is also how often it has been claimed.
    pub fence: i64,
}

// A run begins after the one before it has ended, by the record too: a time read before the claim may lie earlier.
macro_rules! claim {
    ($which:literal) => {
        concat!(
            "UPDATE runs SET state = 'running', fence = fence + 1, heartbeat_at = $1, ",
            "started_at = coalesce(started_at, (SELECT max(moment) FROM ",
            "(SELECT $1 AS moment UNION ALL SELECT max(finished_at) FROM runs) AS moments)) ",
            "WHERE state = 'queued' AND id = ",
            $which,
            " AND NOT EXISTS (SELECT 1 FROM runs other WHERE other.state = 'running') RETURNING id, job, fence"
        )
    };
}

/// Takes the run that has waited longest. Nothing when none waits, or another run is at work: jobs never overlap,
/// and run in the order they were asked for (PRODUCT.md, "When they run").
pub async fn claim_next(tx: &mut Tx, now: i64) -> Result<Option<Claim>> {
    let sql = claim!("(SELECT id FROM runs WHERE state = 'queued' ORDER BY id LIMIT 1)");
    claimed(on!(tx, conn => sqlx::query_as(sql).bind(now).fetch_optional(conn).await))
}

/// Takes this waiting run. Nothing when it isn't to be had, or another run is at work.
pub async fn claim(tx: &mut Tx, run: i64, now: i64) -> Result<Option<Claim>> {
    claimed(on!(tx, conn => sqlx::query_as(claim!("$2")).bind(now).bind(run).fetch_optional(conn).await))
}

fn claimed(answer: sqlx::Result<Option<(i64, String, i64)>>) -> Result<Option<Claim>> {
    match answer {
        Ok(None) => Ok(None),
        Ok(Some((run, job, fence))) => {
            let job = Job::from_key(&job).ok_or(Error::Unknown { what: "job", key: job })?;
            Ok(Some(Claim { run, job, fence }))
        }
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
    outcome: &Outcome,
    settings_version: Option<i64>,
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

/// What an open run last showed of being waited for or worked at: with each claim and heartbeat it is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct SignOfLife {
    pub run: i64,
    pub fence: i64,
    pub heartbeat_at: i64,
}

/// The run that is at work or, where none is, those that wait, oldest first: what waits for another shows no life.
pub async fn open(tx: &mut Tx) -> Result<Vec<SignOfLife>> {
    let sql = "SELECT id AS run, fence, heartbeat_at FROM runs WHERE state = 'running' \
                 OR (state = 'queued' AND NOT EXISTS (SELECT 1 FROM runs WHERE state = 'running')) ORDER BY id";
    Ok(on!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await?))
}

/// Makes an open run wait again if `last` is still its last sign of life, so that whoever had claimed it can no longer
/// finish it; gives whether it does. Then its task must be pushed in the same transaction.
pub async fn put_back(tx: &mut Tx, last: SignOfLife, now: i64) -> Result<bool> {
    let put_back = on!(tx, conn => {
        sqlx::query(
            "UPDATE runs SET state = 'queued', heartbeat_at = $4 \
             WHERE id = $1 AND fence = $2 AND heartbeat_at = $3 AND state IN ('queued', 'running')",
        )
        .bind(last.run)
        .bind(last.fence)
        .bind(last.heartbeat_at)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    Ok(put_back == 1)
}
