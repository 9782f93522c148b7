//! Calls that were agreed on: open until a call on their lead resolves them.

use sqlx::FromRow;

use crate::{Result, Tx};

/// A follow-up of a lead. Times are unix ms.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct FollowUp {
    pub id: i64,
    /// Who agreed on it.
    pub agent: String,
    pub due_at: i64,
    pub created_at: i64,
    /// When a call resolved it; nothing while it is open.
    pub resolved_at: Option<i64>,
}

/// An open follow-up on an agent's lead.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DueLead {
    pub lead: i64,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub due_at: i64,
}

/// Writes down that `agent` agreed at `now` to call `lead` at `due_at`.
pub async fn add(tx: &mut Tx, lead: i64, agent: i64, due_at: i64, now: i64) -> Result<i64> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "INSERT INTO follow_ups (lead_id, agent_id, due_at, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
        )
        .bind(lead)
        .bind(agent)
        .bind(due_at)
        .bind(now)
        .fetch_one(conn)
        .await?
    }))
}

/// Resolves the lead's open follow-ups that are due before `before` (unix ms); gives how many.
pub async fn resolve(tx: &mut Tx, lead: i64, before: i64, now: i64) -> Result<u64> {
    Ok(on!(tx, conn => {
        sqlx::query("UPDATE follow_ups SET resolved_at = $3 WHERE lead_id = $1 AND resolved_at IS NULL AND due_at < $2")
            .bind(lead)
            .bind(before)
            .bind(now)
            .execute(conn)
            .await?
            .rows_affected()
    }))
}

pub(crate) const OF_LEAD: &str = "SELECT f.id, u.name AS agent, f.due_at, f.created_at, f.resolved_at \
     FROM follow_ups f JOIN users u ON u.id = f.agent_id WHERE f.lead_id = $1 ORDER BY f.id DESC LIMIT $2";

/// The follow-ups of a lead, newest first.
pub async fn of_lead(tx: &mut Tx, lead: i64, limit: i64) -> Result<Vec<FollowUp>> {
    Ok(on!(tx, conn => sqlx::query_as(OF_LEAD).bind(lead).bind(limit).fetch_all(conn).await?))
}

pub(crate) const DUE: &str = "SELECT l.id AS lead, l.first_name, l.last_name, l.phone, f.due_at \
     FROM leads l JOIN follow_ups f ON f.lead_id = l.id AND f.resolved_at IS NULL AND f.due_at < $2 \
     WHERE l.owner_id = $1 ORDER BY f.due_at, l.id LIMIT $3";

/// The open follow-ups on an agent's leads, whatever their status, that are due before `before` (unix ms).
pub async fn due(tx: &mut Tx, owner: i64, before: i64, limit: i64) -> Result<Vec<DueLead>> {
    Ok(on!(tx, conn => sqlx::query_as(DUE).bind(owner).bind(before).bind(limit).fetch_all(conn).await?))
}
