//! The filters of the list of leads that people keep under a name, each for themselves.

use calliyo_domain::lead_view::{MOST, ViewName};
use sqlx::FromRow;

use crate::{
    Result, Tx,
    seen_names::{self, Named},
};

/// A filter under a name.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LeadView {
    pub id: i64,
    pub name: String,
    /// As the page wrote it: JSON.
    pub filter: String,
}

/// A user's views, by name.
pub async fn list(tx: &mut Tx, user: i64) -> Result<Vec<LeadView>> {
    Ok(on!(tx, conn => {
        sqlx::query_as("SELECT id, name, filter FROM lead_views WHERE user_id = $1 ORDER BY lower(name), id")
            .bind(user)
            .fetch_all(conn)
            .await?
    }))
}

/// Keeps a filter; [`crate::Error::is_duplicate`] when the user has a view of that name. Gives the id, or nothing when
/// the user has as many as there may be.
pub async fn add(tx: &mut Tx, user: i64, name: &ViewName, filter: &str, now: i64) -> Result<Option<i64>> {
    if let Tx::Postgres(tx) = tx {
        // Two at once would count the same.
        sqlx::query("SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE").bind(user).execute(&mut **tx).await?;
    }
    let id = on!(tx, conn => {
        sqlx::query_scalar(
            "INSERT INTO lead_views (user_id, name, filter, created_at) SELECT u.id, $2, $3, $4 FROM users u WHERE u.id = $1 \
               AND (SELECT count(*) FROM lead_views v WHERE v.user_id = u.id) < $5 RETURNING id",
        )
        .bind(user)
        .bind(name.as_str())
        .bind(filter)
        .bind(now)
        .bind(MOST)
        .fetch_optional(conn)
        .await?
    });
    if let Some(id) = id {
        seen_names::set(tx, Named::View(user), id, name.as_str()).await?;
    }
    Ok(id)
}

/// Gives a view of the user's another name; [`crate::Error::is_duplicate`] when another of theirs has it. Gives whether
/// they have such a view.
pub async fn rename(tx: &mut Tx, user: i64, id: i64, name: &ViewName) -> Result<bool> {
    let changed = on!(tx, conn => {
        sqlx::query("UPDATE lead_views SET name = $3 WHERE id = $2 AND user_id = $1")
            .bind(user)
            .bind(id)
            .bind(name.as_str())
            .execute(conn)
            .await?
            .rows_affected()
    });
    if changed > 0 {
        seen_names::set(tx, Named::View(user), id, name.as_str()).await?;
    }
    Ok(changed > 0)
}

/// Deletes a view of the user's. Gives whether there was one.
pub async fn delete(tx: &mut Tx, user: i64, id: i64) -> Result<bool> {
    let deleted = on!(tx, conn => {
        sqlx::query("DELETE FROM lead_views WHERE id = $2 AND user_id = $1")
            .bind(user)
            .bind(id)
            .execute(conn)
            .await?
            .rows_affected()
    });
    if deleted > 0 {
        seen_names::remove(tx, Named::View(user), id).await?;
    }
    Ok(deleted > 0)
}
