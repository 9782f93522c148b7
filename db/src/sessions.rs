//! Signed-in sessions, known by the digest of their token.

use sqlx::FromRow;

use crate::{Result, Tx};

/// A session to be stored; times in unix ms.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    pub token_digest: &'a str,
    pub user: i64,
    pub address: &'a str,
    pub browser: &'a str,
    pub now: i64,
    pub expires_at: i64,
}

/// One of a user's sessions.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Session {
    pub id: i64,
    pub address: String,
    pub browser: String,
    pub created_at: i64,
    pub last_seen_at: i64,
    pub expires_at: i64,
}

/// Stores a session.
pub async fn add(tx: &mut Tx, session: &NewSession<'_>) -> Result<()> {
    on!(tx, conn => {
        sqlx::query(
            "INSERT INTO sessions (token_digest, user_id, address, browser, created_at, last_seen_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $5, $6)",
        )
        .bind(session.token_digest)
        .bind(session.user)
        .bind(session.address)
        .bind(session.browser)
        .bind(session.now)
        .bind(session.expires_at)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// Notes that the session was used at `now` (unix ms), if it was last noted before `unseen_since` (unix ms).
pub async fn touch(tx: &mut Tx, token_digest: &str, now: i64, unseen_since: i64) -> Result<()> {
    on!(tx, conn => {
        sqlx::query("UPDATE sessions SET last_seen_at = $2 WHERE token_digest = $1 AND last_seen_at < $3")
            .bind(token_digest)
            .bind(now)
            .bind(unseen_since)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// When the session was last noted as used, in unix ms.
pub async fn last_seen(tx: &mut Tx, token_digest: &str) -> Result<Option<i64>> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("SELECT last_seen_at FROM sessions WHERE token_digest = $1")
            .bind(token_digest)
            .fetch_optional(conn)
            .await?
    }))
}

/// The session of this token.
pub async fn id_of(tx: &mut Tx, token_digest: &str) -> Result<Option<i64>> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("SELECT id FROM sessions WHERE token_digest = $1").bind(token_digest).fetch_optional(conn).await?
    }))
}

/// A user's sessions, last used first.
pub async fn of_user(tx: &mut Tx, user: i64) -> Result<Vec<Session>> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "SELECT id, address, browser, created_at, last_seen_at, expires_at FROM sessions \
             WHERE user_id = $1 ORDER BY last_seen_at DESC, id",
        )
        .bind(user)
        .fetch_all(conn)
        .await?
    }))
}

/// Ends the session of this token; gives whose it was.
pub async fn end(tx: &mut Tx, token_digest: &str) -> Result<Option<i64>> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("DELETE FROM sessions WHERE token_digest = $1 RETURNING user_id")
            .bind(token_digest)
            .fetch_optional(conn)
            .await?
    }))
}

/// Ends one of a user's sessions; gives whether there was one.
pub async fn revoke(tx: &mut Tx, user: i64, session: i64) -> Result<bool> {
    let ended = on!(tx, conn => {
        sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id = $2").bind(user).bind(session).execute(conn).await?.rows_affected()
    });
    Ok(ended > 0)
}

/// Ends all of a user's sessions but the one of `keep`; gives how many.
pub async fn revoke_others(tx: &mut Tx, user: i64, keep: &str) -> Result<u64> {
    Ok(on!(tx, conn => {
        sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND token_digest <> $2")
            .bind(user)
            .bind(keep)
            .execute(conn)
            .await?
            .rows_affected()
    }))
}

/// Ends all of a user's sessions; gives how many.
pub async fn end_all(tx: &mut Tx, user: i64) -> Result<u64> {
    Ok(on!(tx, conn => {
        sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(user).execute(conn).await?.rows_affected()
    }))
}

/// Removes sessions that have expired by `now` (unix ms) or were last used at `idle_since` (unix ms) or before; gives how
/// many.
pub async fn prune(tx: &mut Tx, now: i64, idle_since: i64) -> Result<u64> {
    Ok(on!(tx, conn => {
        sqlx::query("DELETE FROM sessions WHERE expires_at <= $1 OR last_seen_at <= $2")
            .bind(now)
            .bind(idle_since)
            .execute(conn)
            .await?
            .rows_affected()
    }))
}
