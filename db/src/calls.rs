//! Calls that agents logged.

use calliyo_domain::{
    call::{CallStatus, Direction, LeadState, Record},
    lead::full_name,
};
use sqlx::FromRow;

use crate::{Error, Result, Tx, call_sums, lead_state::StateRow};

/// A logged call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub id: i64,
    pub lead_id: i64,
    pub agent_id: i64,
    /// Who logged it.
    pub agent: String,
    /// Unix ms.
    pub started_at: i64,
    pub says: Record,
    /// When it was undone, unix ms; such a call counts nowhere.
    pub undone_at: Option<i64>,
}

impl Call {
    /// When it ended, and so was logged, unix ms.
    #[must_use]
    pub fn ended_at(&self) -> i64 {
        self.started_at + self.says.duration_seconds * 1000
    }
}

#[derive(FromRow)]
struct Row {
    id: i64,
    lead_id: i64,
    agent_id: i64,
    agent: String,
    started_at: i64,
    direction: String,
    status: String,
    duration_seconds: i64,
    note: String,
    undone_at: Option<i64>,
}

impl Row {
    fn into_call(self) -> Result<Call> {
        Ok(Call {
            id: self.id,
            lead_id: self.lead_id,
            agent_id: self.agent_id,
            agent: self.agent,
            started_at: self.started_at,
            says: record(self.direction, self.status, self.duration_seconds, self.note)?,
            undone_at: self.undone_at,
        })
    }
}

/// What is stored, as the rules know it.
pub(crate) fn record(direction: String, status: String, duration_seconds: i64, note: String) -> Result<Record> {
    Ok(Record {
        status: CallStatus::from_key(&status).ok_or(Error::Unknown { what: "call status", key: status })?,
        direction: Direction::from_key(&direction).ok_or(Error::Unknown { what: "direction", key: direction })?,
        duration_seconds,
        note,
    })
}

/// Writes down that `agent` called `lead` from `started_at` (unix ms) on, and counts it.
pub async fn add(tx: &mut Tx, lead: i64, agent: i64, started_at: i64, call: &Record) -> Result<i64> {
    call_sums::count(tx, agent, started_at, call).await?;
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "INSERT INTO calls (lead_id, agent_id, started_at, direction, status, duration_seconds, note) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        )
        .bind(lead)
        .bind(agent)
        .bind(started_at)
        .bind(call.direction.key())
        .bind(call.status.key())
        .bind(call.duration_seconds)
        .bind(&call.note)
        .fetch_one(conn)
        .await?
    }))
}

macro_rules! select_calls {
    ($end:literal) => {
        select_calls!("", $end)
    };
    ($columns:literal, $end:literal) => {
        concat!(
            "SELECT c.id, c.lead_id, c.agent_id, u.name AS agent, c.started_at, c.direction, c.status, c.duration_seconds, ",
            "c.note, c.undone_at",
            $columns,
            " FROM calls c JOIN users u ON u.id = c.agent_id ",
            $end
        )
    };
}

pub(crate) const BY_ID: &str = select_calls!("WHERE c.id = $1");

/// The call with this id.
pub async fn by_id(tx: &mut Tx, id: i64) -> Result<Option<Call>> {
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?);
    row.map(Row::into_call).transpose()
}

pub(crate) const OF_LEAD: &str =
    select_calls!("WHERE c.lead_id = $1 ORDER BY c.started_at + c.duration_seconds * 1000 DESC, c.id DESC LIMIT $2");

/// The calls on a lead, those that ended last first.
pub async fn of_lead(tx: &mut Tx, lead: i64, limit: i64) -> Result<Vec<Call>> {
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(OF_LEAD).bind(lead).bind(limit).fetch_all(conn).await?);
    rows.into_iter().map(Row::into_call).collect()
}

pub(crate) const LATEST: &str = select_calls!(
    "WHERE c.lead_id = $1 AND c.undone_at IS NULL ORDER BY c.started_at + c.duration_seconds * 1000 DESC, c.id DESC LIMIT 1"
);

/// The call on a lead that ended last, undone ones aside.
pub async fn latest(tx: &mut Tx, lead: i64) -> Result<Option<Call>> {
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(LATEST).bind(lead).fetch_optional(conn).await?);
    row.map(Row::into_call).transpose()
}

/// A call, and the lead that it was with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallWith {
    pub call: Call,
    /// The lead's first and last name.
    pub name: String,
    /// What decides who may see the lead now.
    pub lead: LeadState,
}

#[derive(FromRow)]
struct RowWith {
    #[sqlx(flatten)]
    call: Row,
    first_name: String,
    last_name: String,
    #[sqlx(flatten, try_from = "StateRow")]
    lead: LeadState,
}

impl RowWith {
    fn into_call(self) -> Result<CallWith> {
        let Self { call, first_name, last_name, lead } = self;
        Ok(CallWith { call: call.into_call()?, name: full_name(&first_name, &last_name), lead })
    }
}

pub(crate) const OF_AGENT: &str = select_calls!(
    ", l.first_name, l.last_name, l.status_id, l.owner_id, l.converter_id, l.converted_at",
    "JOIN leads l ON l.id = c.lead_id \
     WHERE c.agent_id = $1 AND c.started_at >= CAST($2 AS bigint) - 86400000 AND c.started_at + c.duration_seconds * 1000 >= $2 \
     ORDER BY c.started_at DESC, c.id DESC LIMIT $3"
);

/// The calls that an agent logged and that ended at `since` (unix ms) or later, those that began last first; undone ones
/// among them. No call lasts longer than a day.
pub async fn of_agent(tx: &mut Tx, agent: i64, since: i64, limit: i64) -> Result<Vec<CallWith>> {
    let rows: Vec<RowWith> =
        on!(tx, conn => sqlx::query_as(OF_AGENT).bind(agent).bind(since).bind(limit).fetch_all(conn).await?);
    rows.into_iter().map(RowWith::into_call).collect()
}
