//! Those who can manage users and settings. One at least has to remain.

use crate::{Result, Tx};

/// Makes sure that only one transaction at a time changes who can manage users and settings, so that two can't each
/// count on the other's administrator.
pub async fn lock_administration(tx: &mut Tx) -> Result<()> {
    // Shuts out itself and changed roles, neither reading nor users that refer to a role.
    tx.lock("LOCK TABLE roles IN SHARE ROW EXCLUSIVE MODE").await
}

/// How many users aren't banned and have a role that allows both.
pub async fn administrators(tx: &mut Tx) -> Result<i64> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "SELECT count(*) FROM users u JOIN roles r ON r.id = u.role_id AND r.users AND r.settings WHERE NOT u.banned",
        )
        .fetch_one(conn)
        .await?
    }))
}
