//! Word to every server that something changed. PostgreSQL carries it when the transaction commits; on SQLite the
//! one server tells itself.

use crate::{Result, Tx};

/// The channel servers listen on.
pub const CHANNEL: &str = "calliyo";

/// Sends `payload` (under 8,000 bytes) to all servers if the database can; gives whether it did.
pub async fn send(tx: &mut Tx, payload: &str) -> Result<bool> {
    match tx {
        Tx::Sqlite(_) => Ok(false),
        Tx::Postgres(tx) => {
            sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(payload).execute(&mut **tx).await?;
            Ok(true)
        }
    }
}
