//! One lead: read, held, and changed with its event.

use calliyo_domain::{call::LeadState, lead::full_name, status::CUSTOMER};
use sqlx::FromRow;

use crate::{Result, Tx, leads::words};

/// A lead with all its fields. Times are unix ms.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Lead {
    pub id: i64,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub email: String,
    pub source: String,
    pub status_id: i64,
    pub status_since: i64,
    pub owner_id: Option<i64>,
    pub owner: Option<String>,
    pub assigned_at: Option<i64>,
    pub last_owner_id: Option<i64>,
    pub converter_id: Option<i64>,
    pub converter: Option<String>,
    pub converted_at: Option<i64>,
    pub created_at: i64,
    pub version: i64,
}

impl Lead {
    /// What a call may change of it.
    #[must_use]
    pub fn state(&self) -> LeadState {
        LeadState {
            status: self.status_id,
            owner: self.owner_id,
            converter: self.converter_id,
            converted_at: self.converted_at,
        }
    }

    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }
}

macro_rules! select_lead {
    ($end:literal) => {
        concat!(
            "SELECT l.id, l.first_name, l.last_name, l.phone, l.email, l.source, l.status_id, l.status_since, l.owner_id, ",
            "o.name AS owner, l.assigned_at, l.last_owner_id, l.converter_id, c.name AS converter, l.converted_at, l.created_at, l.version ",
            "FROM leads l LEFT JOIN users o ON o.id = l.owner_id LEFT JOIN users c ON c.id = l.converter_id WHERE l.id = $1",
            $end
        )
    };
}

pub(crate) const BY_ID: &str = select_lead!("");

/// The lead with this id.
pub async fn by_id(tx: &mut Tx, id: i64) -> Result<Option<Lead>> {
    Ok(on!(tx, conn => sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?))
}

/// What came of [`hold`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nobody else changes the lead, or gives its owner another, until the transaction ends.
    Yes(Box<Lead>),
    /// There is no such lead.
    Gone,
    /// It changed hands in that very moment: begin anew.
    Moved,
}

/// Holds the lead for this transaction. A change of status may raise the load of the owner, whose row is locked first,
/// as [`crate::moves::lock_agents`] does: taking the two in the other order could wait for a run that waits for us.
pub async fn hold(tx: &mut Tx, id: i64) -> Result<Held> {
    hold_with(tx, id, None).await
}

/// As [`hold`], for who may give the lead to `next`.
pub async fn hold_with(tx: &mut Tx, id: i64, next: Option<i64>) -> Result<Held> {
    let mut locked: Vec<i64> = Vec::new();
    if let Tx::Postgres(tx) = tx {
        locked = sqlx::query_scalar(
            "SELECT id FROM users WHERE id = (SELECT owner_id FROM leads WHERE id = $1) OR id = $2 \
             ORDER BY id FOR NO KEY UPDATE",
        )
        .bind(id)
        .bind(next)
        .fetch_all(&mut **tx)
        .await?;
        sqlx::query("SELECT id FROM leads WHERE id = $1 FOR UPDATE").bind(id).execute(&mut **tx).await?;
    }
    let alone = matches!(tx, Tx::Sqlite(_));
    Ok(match by_id(tx, id).await? {
        None => Held::Gone,
        Some(lead) if alone || lead.owner_id.is_none_or(|owner| locked.contains(&owner)) => Held::Yes(Box::new(lead)),
        Some(_) => Held::Moved,
    })
}

/// What the lead was until each of its changes from `since` (unix ms) on, with when that changed, the oldest first. A
/// customer's converter is taken to be who it is now.
pub async fn states_until(tx: &mut Tx, lead: &Lead, since: i64) -> Result<Vec<(i64, LeadState)>> {
    let changes: Vec<(i64, i64, Option<i64>)> = on!(tx, conn => {
        sqlx::query_as(STATES_UNTIL).bind(lead.id).bind(since).fetch_all(conn).await?
    });
    let converted = |status| if status == CUSTOMER { (lead.converter_id, lead.converted_at) } else { (None, None) };
    let was = changes.into_iter().map(|(until, status, owner)| {
        let (converter, converted_at) = converted(status);
        (until, LeadState { status, owner, converter, converted_at })
    });
    Ok(was.collect())
}

pub(crate) const STATES_UNTIL: &str = "SELECT at, from_status_id, from_owner_id FROM lead_events \
     WHERE lead_id = $1 AND at >= $2 AND from_status_id IS NOT NULL ORDER BY id";

/// Who changes a lead, when (unix ms), and why.
#[derive(Clone, Copy, Debug)]
pub struct Cause<'a> {
    pub actor: i64,
    pub at: i64,
    pub why: &'a str,
}

/// Gives a lead that is held its new state, with one event, unless nothing but the version changes. The version grows
/// in any case: a plan made before leaves the lead alone.
pub async fn change(tx: &mut Tx, lead: &Lead, to: &LeadState, cause: Cause<'_>) -> Result<()> {
    let moved = to.status != lead.status_id || to.owner != lead.owner_id;
    if moved {
        write_event(tx, lead, to, cause).await?;
    }
    if let Some(agent) = to.owner.filter(|_| to.owner != lead.owner_id) {
        on!(tx, conn => {
            sqlx::query("UPDATE users SET last_given_at = $2 WHERE id = $1").bind(agent).bind(cause.at).execute(conn).await?;
        });
    }
    let since = if to.status == lead.status_id { lead.status_since } else { cause.at };
    // Who owned it until now, where somebody did and no longer does.
    let left = lead.owner_id.filter(|_| to.owner != lead.owner_id);
    let assigned = if to.owner == lead.owner_id { lead.assigned_at } else { to.owner.map(|_| cause.at) };
    on!(tx, conn => {
        sqlx::query(
            "UPDATE leads SET status_id = $2, status_since = $3, owner_id = $4, assigned_at = $5, \
               last_owner_id = coalesce($6, last_owner_id), converter_id = $7, converted_at = $8, version = version + 1 \
             WHERE id = $1",
        )
        .bind(lead.id)
        .bind(to.status)
        .bind(since)
        .bind(to.owner)
        .bind(assigned)
        .bind(left)
        .bind(to.converter)
        .bind(to.converted_at)
        .execute(conn)
        .await?;
    });
    words_follow(tx, lead, to).await
}

/// Has a lead that took the state `to` found as a customer, or as none, where that is new.
pub(crate) async fn words_follow(tx: &mut Tx, lead: &Lead, to: &LeadState) -> Result<()> {
    if (lead.converter_id, lead.converted_at) == (to.converter, to.converted_at) {
        return Ok(());
    }
    words::rewrite(tx, &[lead.id]).await
}

/// Writes an event down that takes the lead to the state `to`.
pub(crate) async fn write_event(tx: &mut Tx, lead: &Lead, to: &LeadState, cause: Cause<'_>) -> Result<()> {
    on!(tx, conn => {
        sqlx::query(
            "INSERT INTO lead_events (lead_id, at, actor_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(lead.id)
        .bind(cause.at)
        .bind(cause.actor)
        .bind(lead.status_id)
        .bind(to.status)
        .bind(lead.owner_id)
        .bind(to.owner)
        .bind(cause.why)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// An event of a lead; names are nothing where what they named is gone.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Event {
    pub id: i64,
    /// Unix ms.
    pub at: i64,
    pub actor: Option<String>,
    pub run_id: Option<i64>,
    /// The key of the run's job; nothing where the run is gone.
    pub job: Option<String>,
    pub from_status_id: Option<i64>,
    pub from_status: Option<String>,
    pub to_status_id: i64,
    pub to_status: Option<String>,
    pub from_owner_id: Option<i64>,
    pub from_owner: Option<String>,
    pub to_owner_id: Option<i64>,
    pub to_owner: Option<String>,
    pub why: String,
}

pub(crate) const EVENTS: &str = "SELECT e.id, e.at, u.name AS actor, e.run_id, r.job, e.from_status_id, f.name AS from_status, \
       e.to_status_id, t.name AS to_status, e.from_owner_id, a.name AS from_owner, e.to_owner_id, b.name AS to_owner, e.why \
     FROM lead_events e LEFT JOIN users u ON u.id = e.actor_id LEFT JOIN runs r ON r.id = e.run_id \
       LEFT JOIN statuses f ON f.id = e.from_status_id LEFT JOIN statuses t ON t.id = e.to_status_id \
       LEFT JOIN users a ON a.id = e.from_owner_id LEFT JOIN users b ON b.id = e.to_owner_id \
     WHERE e.lead_id = $1 ORDER BY e.at DESC, e.id DESC LIMIT $2";

/// The events of a lead, newest first.
pub async fn events(tx: &mut Tx, lead: i64, limit: i64) -> Result<Vec<Event>> {
    Ok(on!(tx, conn => sqlx::query_as(EVENTS).bind(lead).bind(limit).fetch_all(conn).await?))
}
