//! What people wrote down about leads without a call; never changed.

use sqlx::FromRow;

use crate::{Result, Tx};

/// A note on a lead.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LeadNote {
    pub id: i64,
    /// Unix ms.
    pub at: i64,
    /// Who wrote it.
    pub by: String,
    pub note: String,
}

/// Writes down what `user` noted about `lead` at `at` (unix ms). The lead itself stays as it is, version and all.
pub async fn add(tx: &mut Tx, lead: i64, user: i64, at: i64, note: &str) -> Result<i64> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("INSERT INTO lead_notes (lead_id, user_id, at, note) VALUES ($1, $2, $3, $4) RETURNING id")
            .bind(lead)
            .bind(user)
            .bind(at)
            .bind(note)
            .fetch_one(conn)
            .await?
    }))
}

pub(crate) const OF_LEAD: &str = "SELECT n.id, n.at, u.name AS by, n.note \
     FROM lead_notes n JOIN users u ON u.id = n.user_id WHERE n.lead_id = $1 ORDER BY n.at DESC, n.id DESC LIMIT $2";

/// The notes on a lead, newest first.
pub async fn of_lead(tx: &mut Tx, lead: i64, limit: i64) -> Result<Vec<LeadNote>> {
    Ok(on!(tx, conn => sqlx::query_as(OF_LEAD).bind(lead).bind(limit).fetch_all(conn).await?))
}
