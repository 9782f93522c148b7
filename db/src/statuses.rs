//! The pipeline.

use calliyo_domain::status::Status;
use sqlx::FromRow;

use crate::{Result, Tx};

#[derive(FromRow)]
struct Row {
    id: i64,
    name: String,
    on_queue: bool,
}

/// All statuses in pipeline order.
pub async fn list(tx: &mut Tx) -> Result<Vec<Status>> {
    let rows: Vec<Row> = on!(tx, conn => {
        sqlx::query_as("SELECT id, name, on_queue FROM statuses ORDER BY position, id").fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|row| Status { id: row.id, name: row.name, on_queue: row.on_queue }).collect())
}
