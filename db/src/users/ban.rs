use super::record::set_banned;
use crate::{Result, Tx, sessions};

/// Bans a user and ends all their sessions; whoever returns their leads in the same transaction holds the user by it.
/// Gives whether they weren't banned yet.
pub async fn ban(tx: &mut Tx, id: i64) -> Result<bool> {
    if let Tx::Postgres(tx) = tx {
        // Held even where nothing of it changes.
        sqlx::query("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE").bind(id).execute(&mut **tx).await?;
    }
    let changed = set_banned(tx, id, true).await?;
    sessions::end_all(tx, id).await?;
    Ok(changed)
}

/// Lets a user in again. Gives whether they were banned.
pub async fn unban(tx: &mut Tx, id: i64) -> Result<bool> {
    // A sign-in that was under way when the ban came may have left one, dead until now.
    sessions::end_all(tx, id).await?;
    set_banned(tx, id, false).await
}
