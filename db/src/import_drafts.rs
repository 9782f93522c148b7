//! Files that somebody looks at before they are taken in. Each is its bringer's alone.

use sqlx::FromRow;

use crate::{Result, Tx};

/// A file as it was brought.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Draft {
    /// The file's name.
    pub file: String,
    /// As it came.
    pub content: Vec<u8>,
}

/// How many drafts a user may have.
pub const MOST: i64 = 10;

/// Keeps a file of `user` in place of the oldest beyond [`MOST`]; gives its id.
pub async fn add(tx: &mut Tx, user: i64, draft: &Draft, now: i64) -> Result<i64> {
    on!(tx, conn => {
        sqlx::query(
            "DELETE FROM import_drafts WHERE user_id = $1 AND id NOT IN \
               (SELECT d.id FROM import_drafts d WHERE d.user_id = $1 ORDER BY d.id DESC LIMIT $2)",
        )
        .bind(user)
        .bind(MOST - 1)
        .execute(conn)
        .await?;
    });
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "INSERT INTO import_drafts (user_id, file, content, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
        )
        .bind(user)
        .bind(&draft.file)
        .bind(&draft.content)
        .bind(now)
        .fetch_one(conn)
        .await?
    }))
}

/// The draft `id`, if it is `user`'s.
pub async fn by_id(tx: &mut Tx, id: i64, user: i64) -> Result<Option<Draft>> {
    Ok(on!(tx, conn => {
        sqlx::query_as("SELECT file, content FROM import_drafts WHERE id = $1 AND user_id = $2")
            .bind(id)
            .bind(user)
            .fetch_optional(conn)
            .await?
    }))
}

/// Takes the draft `id` away, if it is `user`'s: whoever comes second gets nothing.
pub async fn take(tx: &mut Tx, id: i64, user: i64) -> Result<Option<Draft>> {
    Ok(on!(tx, conn => {
        sqlx::query_as("DELETE FROM import_drafts WHERE id = $1 AND user_id = $2 RETURNING file, content")
            .bind(id)
            .bind(user)
            .fetch_optional(conn)
            .await?
    }))
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Waiting {
    pub id: i64,
    /// The file's name.
    pub file: String,
    /// Unix ms.
    pub created_at: i64,
}

pub(crate) const OF_USER: &str =
    "SELECT d.id, d.file, d.created_at FROM import_drafts d WHERE d.user_id = $1 ORDER BY d.id DESC LIMIT $2";

/// The drafts of `user`, newest first.
pub async fn of_user(tx: &mut Tx, user: i64, limit: i64) -> Result<Vec<Waiting>> {
    Ok(on!(tx, conn => sqlx::query_as(OF_USER).bind(user).bind(limit).fetch_all(conn).await?))
}

/// Removes the drafts from before `before` (unix ms); gives how many.
pub async fn prune(tx: &mut Tx, before: i64) -> Result<u64> {
    Ok(on!(tx, conn => {
        sqlx::query("DELETE FROM import_drafts WHERE created_at < $1").bind(before).execute(conn).await?.rows_affected()
    }))
}
