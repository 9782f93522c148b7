//! Many leads changed at once, by hand.

use std::collections::HashSet;

use calliyo_domain::{call::LeadState, lead_order::LeadOrder};
use serde::Serialize;
use sqlx::{AssertSqlSafe, FromRow};

use super::{LeadFilter, words};
use crate::{Result, Tx, lead_changes::Cause, lead_state::StateRow, value::Values};

/// A lead among those that somebody chose. Times are unix ms.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ChosenLead {
    pub id: i64,
    pub version: i64,
    /// What may be changed of it.
    #[sqlx(flatten, try_from = "StateRow")]
    pub state: LeadState,
}

/// The leads that match, `most` at most, those longest on their status first. Nobody else changes them until the
/// transaction ends; the agents are to be locked before ([`crate::moves::lock_agents`]), as runs do.
pub async fn hold(tx: &mut Tx, filter: &LeadFilter, most: i64) -> Result<Vec<ChosenLead>> {
    let first = filter.first(tx, LeadOrder::default()).await?;
    let matching = filter.matching_from(first, tx, vec![most.into()]);
    let lock = match tx {
        Tx::Sqlite(_) => "",
        Tx::Postgres(_) => "FOR UPDATE",
    };
    let sql = format!(
        "SELECT id, version, status_id, owner_id, converter_id, converted_at FROM leads WHERE id IN ({} LIMIT $1) \
         ORDER BY status_since, id {lock}",
        matching.ids()
    );
    let mut held: Vec<ChosenLead> = on!(tx, conn => {
        sqlx::query_as_with(AssertSqlSafe(sql), Values(matching.values)).persistent(false).fetch_all(conn).await?
    });
    if matches!(tx, Tx::Postgres(_)) {
        still_matching(tx, filter, &mut held).await?;
    }
    Ok(held)
}

/// Leaves out what somebody changed while its row was waited for: PostgreSQL looks at the row alone again then.
async fn still_matching(tx: &mut Tx, filter: &LeadFilter, held: &mut Vec<ChosenLead>) -> Result<()> {
    let only = Some(held.iter().map(|lead| lead.id).collect());
    let matching = LeadFilter { only, ..filter.clone() }.matching(tx, Vec::new());
    let sql = AssertSqlSafe(matching.ids());
    let ids: HashSet<i64> = on!(tx, conn => {
        sqlx::query_scalar_with(sql, Values(matching.values)).persistent(false).fetch_all(conn).await?.into_iter().collect()
    });
    held.retain(|lead| ids.contains(&lead.id));
    Ok(())
}

/// A lead that is held, and what it is to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub lead: i64,
    pub status: i64,
    pub owner: Option<i64>,
    pub converter: Option<i64>,
    pub converted_at: Option<i64>,
}

impl Change {
    /// `lead` is to take the state `to`.
    #[must_use]
    pub fn new(lead: i64, to: &LeadState) -> Self {
        let LeadState { status, owner, converter, converted_at } = *to;
        Self { lead, status, owner, converter, converted_at }
    }
}

/// Those that become customers, or are none any more.
const CONVERSIONS: &str = "SELECT l.id FROM {changes} \
     WHERE l.converter_id IS DISTINCT FROM m.converter OR l.converted_at IS DISTINCT FROM m.converted_at";

const EVENTS: &str = "INSERT INTO lead_events (lead_id, at, actor_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
     SELECT l.id, $2, $3, l.status_id, m.status, l.owner_id, m.owner, $4 FROM {changes}";

const LEADS: &str = "UPDATE leads SET status_id = m.status, owner_id = m.owner, \
       status_since = CASE WHEN status_id = m.status THEN status_since ELSE $2 END, \
       assigned_at = CASE WHEN owner_id IS NOT DISTINCT FROM m.owner THEN assigned_at WHEN m.owner IS NOT NULL THEN $2 END, \
       last_owner_id = CASE WHEN owner_id IS NOT DISTINCT FROM m.owner THEN last_owner_id ELSE coalesce(owner_id, last_owner_id) END, \
       converter_id = m.converter, converted_at = m.converted_at, version = version + 1 \
     FROM {rows} WHERE leads.id = m.lead";

const RECEIVERS: &str = "UPDATE users SET last_given_at = $2 \
     WHERE id IN (SELECT m.owner FROM {changes} WHERE l.owner_id IS DISTINCT FROM m.owner)";

/// Gives leads that are held their new states, each of which differs from the old in status or owner, with one event
/// each. The number of statements doesn't depend on the number of leads.
pub async fn change(tx: &mut Tx, changes: &[Change], cause: Cause<'_>) -> Result<()> {
    let json = serde_json::to_string(changes)?;
    let (rows, join) = match tx {
        Tx::Sqlite(_) => (
            "(SELECT value ->> 'lead' AS lead, value ->> 'status' AS status, value ->> 'owner' AS owner, \
               value ->> 'converter' AS converter, value ->> 'converted_at' AS converted_at FROM json_each($1)) AS m",
            // Keeps SQLite from reading all leads first.
            "CROSS JOIN",
        ),
        Tx::Postgres(_) => (
            "json_to_recordset($1::json) AS m (lead bigint, status bigint, owner bigint, converter bigint, converted_at bigint)",
            "JOIN",
        ),
    };
    let with = |sql: &str| {
        AssertSqlSafe(
            sql.replace("{changes}", &format!("{rows} {join} leads l ON l.id = m.lead")).replace("{rows}", rows),
        )
    };
    let Cause { actor, at, why } = cause;
    let converted: Vec<i64> = on!(tx, conn => {
        let converted = sqlx::query_scalar(with(CONVERSIONS)).bind(&json).fetch_all(&mut *conn).await?;
        sqlx::query(with(EVENTS)).bind(&json).bind(at).bind(actor).bind(why).execute(&mut *conn).await?;
        sqlx::query(with(RECEIVERS)).bind(&json).bind(at).execute(&mut *conn).await?;
        sqlx::query(with(LEADS)).bind(&json).bind(at).execute(conn).await?;
        converted
    });
    words::rewrite(tx, &converted).await
}
