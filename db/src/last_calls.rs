//! The call that each agent logged last, and how to undo it.

use calliyo_domain::call::LeadState;
use sqlx::FromRow;

use crate::{
    Result, Tx, call_sums, corrections, follow_ups,
    lead_changes::{self, Cause, Lead},
    lead_state::StateRow,
};

/// An agent's last call, and the lead as it found it. Times are unix ms.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LastCall {
    pub call_id: i64,
    pub lead_id: i64,
    pub logged_at: i64,
    /// The version that the call gave the lead; 0 where it left the lead as it was.
    pub lead_version: i64,
    #[sqlx(flatten, try_from = "StateRow")]
    pub before: LeadState,
    pub status_since: i64,
    pub assigned_at: Option<i64>,
    pub last_owner_id: Option<i64>,
}

impl LastCall {
    /// Whether the lead wasn't the caller's any more, so that the call changed nothing of it.
    #[must_use]
    pub fn left_lead_alone(&self) -> bool {
        self.lead_version == LEFT_ALONE
    }
}

/// As a version of a lead: none has it.
const LEFT_ALONE: i64 = 0;

/// As [`remember`], of a call that changed nothing of the lead.
pub async fn remember_alone(tx: &mut Tx, agent: i64, call: i64, lead: &Lead, now: i64, once: &str) -> Result<()> {
    remember(tx, agent, call, &Lead { version: LEFT_ALONE - 1, ..lead.clone() }, now, once).await
}

/// Writes down that `agent` logged `call` at `now` on a lead that was held as `before` and has been changed once since;
/// `once` is what the form called itself, or empty.
pub async fn remember(tx: &mut Tx, agent: i64, call: i64, before: &Lead, now: i64, once: &str) -> Result<()> {
    on!(tx, conn => {
        sqlx::query(
            "INSERT INTO last_calls (agent_id, call_id, lead_id, logged_at, lead_version, status_id, status_since, owner_id, \
               assigned_at, last_owner_id, converter_id, converted_at, once) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             ON CONFLICT (agent_id) DO UPDATE SET call_id = excluded.call_id, lead_id = excluded.lead_id, \
               logged_at = excluded.logged_at, lead_version = excluded.lead_version, status_id = excluded.status_id, \
               status_since = excluded.status_since, owner_id = excluded.owner_id, assigned_at = excluded.assigned_at, \
               last_owner_id = excluded.last_owner_id, converter_id = excluded.converter_id, \
               converted_at = excluded.converted_at, once = excluded.once",
        )
        .bind(agent)
        .bind(call)
        .bind(before.id)
        .bind(now)
        .bind(before.version + 1)
        .bind(before.status_id)
        .bind(before.status_since)
        .bind(before.owner_id)
        .bind(before.assigned_at)
        .bind(before.last_owner_id)
        .bind(before.converter_id)
        .bind(before.converted_at)
        .bind(once)
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// The call that `agent` logged last, unless it was undone, if it was by the form that called itself `once`.
pub async fn sent(tx: &mut Tx, agent: i64, once: &str) -> Result<Option<i64>> {
    if once.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT call_id FROM last_calls WHERE agent_id = $1 AND once = $2";
    Ok(on!(tx, conn => sqlx::query_scalar(sql).bind(agent).bind(once).fetch_optional(conn).await?))
}

/// The call that `agent` logged last, unless it was undone.
pub async fn of(tx: &mut Tx, agent: i64) -> Result<Option<LastCall>> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "SELECT call_id, lead_id, logged_at, lead_version, status_id, status_since, owner_id, assigned_at, last_owner_id, \
               converter_id, converted_at FROM last_calls WHERE agent_id = $1",
        )
        .bind(agent)
        .fetch_optional(conn)
        .await?
    }))
}

/// Undoes `last`, the last call of whoever causes it, on its lead, which is held and has not changed since: the lead
/// is as it was before, by an event of its own where it moved, the follow-ups too, and the call counts no more. False
/// where it isn't the last call any more: then the caller must roll back.
pub async fn undo(tx: &mut Tx, last: &LastCall, lead: &Lead, cause: Cause<'_>) -> Result<bool> {
    if of(tx, cause.actor).await?.is_none_or(|known| known.call_id != last.call_id) {
        return Ok(false);
    }
    // As it is once nobody is putting it right any more: what it says by now counts no more.
    let Some(call) = corrections::hold(tx, last.call_id).await? else { return Ok(false) };
    // In the order in which a call is logged: first its sums, then that it is the last.
    call_sums::discount(tx, call.agent_id, call.started_at, &call.says).await?;
    let forgotten = on!(tx, conn => {
        sqlx::query("DELETE FROM last_calls WHERE agent_id = $1 AND call_id = $2")
            .bind(cause.actor)
            .bind(last.call_id)
            .execute(conn)
            .await?
            .rows_affected()
    });
    if forgotten == 0 {
        return Ok(false);
    }
    on!(tx, conn => {
        sqlx::query("UPDATE calls SET undone_at = $2 WHERE id = $1").bind(last.call_id).bind(cause.at).execute(conn).await?;
    });
    follow_ups::undo(tx, lead.id, last.call_id, cause.at).await?;
    if !last.left_lead_alone() {
        put_back(tx, last, lead, cause).await?;
    }
    Ok(true)
}

async fn put_back(tx: &mut Tx, last: &LastCall, lead: &Lead, cause: Cause<'_>) -> Result<()> {
    let before = &last.before;
    if before.status != lead.status_id || before.owner != lead.owner_id {
        lead_changes::write_event(tx, lead, before, cause).await?;
    }
    on!(tx, conn => {
        sqlx::query(
            "UPDATE leads SET status_id = $2, status_since = $3, owner_id = $4, assigned_at = $5, last_owner_id = $6, \
               converter_id = $7, converted_at = $8, version = version + 1 WHERE id = $1",
        )
        .bind(lead.id)
        .bind(before.status)
        .bind(last.status_since)
        .bind(before.owner)
        .bind(last.assigned_at)
        .bind(last.last_owner_id)
        .bind(before.converter)
        .bind(before.converted_at)
        .execute(conn)
        .await?;
    });
    lead_changes::words_follow(tx, lead, before).await
}
