//! The durable queue's own end: what a task carries, and pushing it within the caller's transaction.

use apalis_core::task::builder::TaskBuilder;
use serde::{Deserialize, Serialize};

use crate::{Error, Result, Tx};

/// The one queue; a server works it one task at a time.
pub const QUEUE: &str = "jobs";

/// What a task says: only which run to take up. All else stands in the run's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunTask {
    pub run: i64,
}

/// Pushes the task for `run`; it becomes visible to workers when `tx` commits.
pub async fn push(tx: &mut Tx, run: i64) -> Result<()> {
    // One attempt: taking a run up again is decided on the run's row, not by the queue.
    let task = TaskBuilder::new(serde_json::to_vec(&RunTask { run })?).max_attempts(1).build();
    match tx {
        Tx::Sqlite(tx) => apalis_sqlite::queries::push_tasks(&mut **tx, QUEUE, &[task]).await.map_err(queue_error),
        Tx::Postgres(tx) => {
            apalis_postgres::queries::push_tasks(&mut **tx, QUEUE, vec![task]).await.map_err(queue_error)
        }
    }
}

/// Removes finished tasks; the runs table is the record.
pub async fn prune(tx: &mut Tx) -> Result<u64> {
    Ok(match tx {
        Tx::Sqlite(tx) => {
            sqlx::query("DELETE FROM Jobs WHERE job_type = $1 AND status IN ('Done', 'Failed', 'Killed')")
                .bind(QUEUE)
                .execute(&mut **tx)
                .await?
                .rows_affected()
        }
        Tx::Postgres(tx) => {
            sqlx::query("DELETE FROM apalis.jobs WHERE job_type = $1 AND status IN ('Done', 'Failed', 'Killed')")
                .bind(QUEUE)
                .execute(&mut **tx)
                .await?
                .rows_affected()
        }
    })
}

/// How many tasks wait or are at work; for tests.
pub async fn open_tasks(tx: &mut Tx) -> Result<i64> {
    Ok(match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_scalar(
                "SELECT count(*) FROM Jobs WHERE job_type = $1 AND status IN ('Pending', 'Queued', 'Running')",
            )
            .bind(QUEUE)
            .fetch_one(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_scalar(
                "SELECT count(*) FROM apalis.jobs WHERE job_type = $1 AND status IN ('Pending', 'Queued', 'Running')",
            )
            .bind(QUEUE)
            .fetch_one(&mut **tx)
            .await?
        }
    })
}

fn queue_error(error: impl std::fmt::Display) -> Error {
    Error::Queue(error.to_string())
}
