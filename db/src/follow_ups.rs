//! Calls that were agreed on: open until a call on their lead resolves them, or somebody calls them off. When the first
//! of a lead's open ones is due stands on the lead as well (`leads.due_at`): the database sees to that.

use calliyo_domain::visibility::Customers;
use sqlx::FromRow;

use crate::{Result, Tx, visible::converter};

/// Selects the leads whose own time of the next call isn't that of their open follow-ups.
pub(crate) const DIFFERING: &str = "SELECT l.id FROM leads l LEFT JOIN \
       (SELECT lead_id, min(due_at) AS due_at FROM follow_ups WHERE resolved_at IS NULL GROUP BY lead_id) f ON f.lead_id = l.id \
     WHERE l.due_at IS DISTINCT FROM f.due_at";

/// A follow-up of a lead. Times are unix ms.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct FollowUp {
    pub id: i64,
    /// Who agreed on it.
    pub agent: String,
    pub due_at: i64,
    pub created_at: i64,
    /// The call that agreed on it, if it was in one.
    pub call_id: Option<i64>,
    /// Nothing while it is open.
    pub resolved_at: Option<i64>,
    /// The call that resolved it; nothing where it was called off, or the call that agreed on it was undone.
    pub resolved_by: Option<i64>,
    /// Who called it off.
    pub called_off_by: Option<String>,
    /// Whether the call that agreed on it was undone; it is resolved then.
    pub taken_back: bool,
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

/// Writes down that `agent` agreed at `now`, in `call` if it was in one, to call `lead` at `due_at`.
pub async fn add(tx: &mut Tx, lead: i64, agent: i64, due_at: i64, now: i64, call: Option<i64>) -> Result<i64> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "INSERT INTO follow_ups (lead_id, agent_id, due_at, created_at, call_id) VALUES ($1, $2, $3, $4, $5) \
             RETURNING id",
        )
        .bind(lead)
        .bind(agent)
        .bind(due_at)
        .bind(now)
        .bind(call)
        .fetch_one(conn)
        .await?
    }))
}

/// `call` resolves the lead's open follow-ups that are due before `before` (unix ms); gives how many.
pub async fn resolve(tx: &mut Tx, lead: i64, before: i64, now: i64, call: i64) -> Result<u64> {
    let sql = "UPDATE follow_ups SET resolved_at = $3, resolved_by = $4 \
               WHERE lead_id = $1 AND resolved_at IS NULL AND due_at < $2";
    Ok(on!(tx, conn => {
        sqlx::query(sql).bind(lead).bind(before).bind(now).bind(call).execute(conn).await?.rows_affected()
    }))
}

/// `user` calls the lead's open follow-ups off at `now` (unix ms): they are resolved without a call.
pub async fn call_off(tx: &mut Tx, lead: i64, user: i64, now: i64) -> Result<()> {
    let sql = "UPDATE follow_ups SET resolved_at = $2, called_off_by = $3 WHERE lead_id = $1 AND resolved_at IS NULL";
    on!(tx, conn => {
        sqlx::query(sql)
            .bind(lead)
            .bind(now)
            .bind(user)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Undoes what `call` did to the lead's follow-ups: those that it resolved are open again, and the one that it agreed
/// on is taken back.
pub async fn undo(tx: &mut Tx, lead: i64, call: i64, now: i64) -> Result<()> {
    on!(tx, conn => {
        sqlx::query("UPDATE follow_ups SET resolved_at = NULL, resolved_by = NULL WHERE lead_id = $1 AND resolved_by = $2")
            .bind(lead)
            .bind(call)
            .execute(conn)
            .await?;
    });
    on!(tx, conn => {
        sqlx::query("UPDATE follow_ups SET resolved_at = $3, taken_back = TRUE WHERE lead_id = $1 AND call_id = $2")
            .bind(lead)
            .bind(call)
            .bind(now)
            .execute(conn)
            .await?;
    });
    Ok(())
}

pub(crate) const OF_LEAD: &str = "SELECT f.id, u.name AS agent, f.due_at, f.created_at, f.call_id, f.resolved_at, \
       f.resolved_by, o.name AS called_off_by, f.taken_back \
     FROM follow_ups f JOIN users u ON u.id = f.agent_id LEFT JOIN users o ON o.id = f.called_off_by \
     WHERE f.lead_id = $1 ORDER BY f.created_at DESC, f.id DESC LIMIT $2";

/// The follow-ups of a lead, newest first.
pub async fn of_lead(tx: &mut Tx, lead: i64, limit: i64) -> Result<Vec<FollowUp>> {
    Ok(on!(tx, conn => sqlx::query_as(OF_LEAD).bind(lead).bind(limit).fetch_all(conn).await?))
}

pub(crate) const OPEN: &str =
    "SELECT f.due_at FROM follow_ups f WHERE f.lead_id = $1 AND f.resolved_at IS NULL ORDER BY f.due_at";

/// When the lead's open follow-ups are due (unix ms), the next first.
pub async fn open(tx: &mut Tx, lead: i64) -> Result<Vec<i64>> {
    Ok(on!(tx, conn => sqlx::query_scalar(OPEN).bind(lead).fetch_all(conn).await?))
}

// The first follow-ups are those of the leads that have a call due first.
pub(crate) const DUE: &str = concat!(
    "SELECT first.id AS lead, first.first_name, first.last_name, first.phone, f.due_at \
     FROM (SELECT id, first_name, last_name, phone, status_since FROM leads l WHERE owner_id = $1 AND due_at < $2 AND ",
    visible!("$4"),
    " ORDER BY due_at, status_since, id LIMIT $3) AS first \
       JOIN follow_ups f ON f.lead_id = first.id AND f.resolved_at IS NULL AND f.due_at < $2 \
     ORDER BY f.due_at, first.status_since, first.id LIMIT $3"
);

/// The open follow-ups on an agent's leads, whatever their status, that are due before `before` (unix ms); those of
/// customers as far as they are `visible`.
pub async fn due(tx: &mut Tx, owner: i64, visible: Customers, before: i64, limit: i64) -> Result<Vec<DueLead>> {
    let converter = converter(visible);
    Ok(on!(tx, conn => {
        sqlx::query_as(DUE).bind(owner).bind(before).bind(limit).bind(converter).fetch_all(conn).await?
    }))
}

pub(crate) const NEXT_DUE: &str = concat!(
    "SELECT f.due_at FROM follow_ups f WHERE f.resolved_at IS NULL AND f.due_at > $1 \
       AND EXISTS (SELECT 1 FROM leads l WHERE l.id = f.lead_id AND ",
    visible!("$2"),
    ") ORDER BY f.due_at LIMIT 1"
);
// What is due next, or what comes next of the leads that had a call due before: lead by lead, as a join may read all
// follow-ups.
pub(crate) const NEXT_DUE_OF: &str = concat!(
    "SELECT min(due_at) FROM ( \
       SELECT min(l.due_at) AS due_at FROM leads l WHERE l.owner_id = $3 AND l.due_at > $1 AND ",
    visible!("$2"),
    " UNION ALL \
       SELECT min((SELECT min(f.due_at) FROM follow_ups f \
                   WHERE f.lead_id = l.id AND f.resolved_at IS NULL AND f.due_at > $1)) \
       FROM leads l WHERE l.owner_id = $3 AND l.due_at <= $1 AND ",
    visible!("$2"),
    ") AS next"
);

/// When, after `now` (unix ms), the next open follow-up falls due; of an agent's leads where one is given. Those of
/// customers count as far as they are `visible`.
pub async fn next_due(tx: &mut Tx, owner: Option<i64>, visible: Customers, now: i64) -> Result<Option<i64>> {
    let converter = converter(visible);
    Ok(on!(tx, conn => {
        match owner {
            None => sqlx::query_scalar(NEXT_DUE).bind(now).bind(converter).fetch_optional(conn).await?,
            Some(owner) => {
                sqlx::query_scalar(NEXT_DUE_OF).bind(now).bind(converter).bind(owner).fetch_one(conn).await?
            }
        }
    }))
}
