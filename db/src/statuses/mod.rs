//! The pipeline.

mod delete;
mod owned;

use calliyo_domain::status::Status;
use sqlx::FromRow;

use crate::{
    Result, Tx,
    seen_names::{self, Named},
};

pub use delete::{Deleted, delete, hold_leads};
#[cfg(test)]
pub(crate) use owned::OWNED;
pub use owned::owned;

#[derive(FromRow)]
struct Row {
    id: i64,
    name: String,
    on_queue: bool,
}

/// How many leads of some sort are on a status.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct StatusCount {
    pub status_id: i64,
    pub status: String,
    pub leads: i64,
}

/// All statuses in pipeline order.
pub async fn list(tx: &mut Tx) -> Result<Vec<Status>> {
    match tx.memo() {
        Some(memo) => Ok(memo.0.statuses.get_or_try_init(|| read(tx)).await?.clone()),
        None => read(tx).await,
    }
}

async fn read(tx: &mut Tx) -> Result<Vec<Status>> {
    let rows: Vec<Row> = on!(tx, conn => {
        sqlx::query_as("SELECT id, name, on_queue FROM statuses ORDER BY position, id").fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|row| Status { id: row.id, name: row.name, on_queue: row.on_queue }).collect())
}

/// Until the transaction ends nobody else edits the pipeline, nor saves settings that select from it; reading it and
/// putting leads on its statuses goes on. Who needs [`crate::moves::lock_agents`] too takes that first.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    tx.lock("LOCK TABLE statuses IN SHARE ROW EXCLUSIVE MODE").await
}

/// Until the transaction ends nobody edits the pipeline: what is selected from it now exists when it is saved.
pub async fn hold(tx: &mut Tx) -> Result<()> {
    tx.lock("LOCK TABLE statuses IN SHARE MODE").await
}

/// Adds a status at the pipeline's end; [`crate::Error::is_duplicate`] when the name is taken. Gives the id.
pub async fn add(tx: &mut Tx, name: &str, on_queue: bool) -> Result<i64> {
    let id = on!(tx, conn => {
        sqlx::query_scalar(
            "INSERT INTO statuses (name, on_queue, position) \
             SELECT $1, $2, coalesce(max(position), 0) + 1 FROM statuses RETURNING id",
        )
        .bind(name)
        .bind(on_queue)
        .fetch_one(conn)
        .await?
    });
    seen_names::set(tx, Named::Status, id, name).await?;
    Ok(id)
}

/// Gives a status another name; [`crate::Error::is_duplicate`] when it is taken.
pub async fn rename(tx: &mut Tx, id: i64, name: &str) -> Result<()> {
    on!(tx, conn => {
        sqlx::query("UPDATE statuses SET name = $2 WHERE id = $1").bind(id).bind(name).execute(conn).await?;
    });
    seen_names::set(tx, Named::Status, id, name).await
}

/// Puts a status on the queue or takes it off. It changes loads: lock the agents first.
pub async fn set_on_queue(tx: &mut Tx, id: i64, on_queue: bool) -> Result<()> {
    on!(tx, conn => {
        sqlx::query("UPDATE statuses SET on_queue = $2 WHERE id = $1").bind(id).bind(on_queue).execute(conn).await?;
    });
    Ok(())
}

/// Puts the pipeline in the order of `ids`, which names every status once.
pub async fn reorder(tx: &mut Tx, ids: &[i64]) -> Result<()> {
    match tx {
        Tx::Sqlite(tx) => {
            sqlx::query("UPDATE statuses SET position = o.key + 1 FROM json_each($1) o WHERE o.value = statuses.id")
                .bind(serde_json::to_string(ids)?)
                .execute(&mut **tx)
                .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "UPDATE statuses SET position = o.n FROM unnest($1::bigint[]) WITH ORDINALITY AS o (id, n) \
                 WHERE o.id = statuses.id",
            )
            .bind(ids)
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}
