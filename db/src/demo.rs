//! Made-up data in bulk, for a demo company and for measuring: leads in any state with the events that led there.

use calliyo_domain::visibility::Customers;
use serde::Serialize;

use crate::{
    Result, Tx,
    leads::words::{self, Words},
};

/// A lead with the history that its fields imply: created, then assigned to its owner, then put on its status; one
/// without an owner was created on its status.
#[derive(Clone, Debug, Serialize)]
pub struct DemoLead {
    pub id: i64,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub email: String,
    pub tag: String,
    pub status: i64,
    pub since: i64,
    pub owner: Option<i64>,
    pub created_at: i64,
    pub assigned_at: Option<i64>,
}

/// A call that was made.
#[derive(Clone, Debug, Serialize)]
pub struct DemoCall {
    pub lead: i64,
    pub agent: i64,
    pub started_at: i64,
    pub status: &'static str,
    pub duration: i64,
}

/// A call that was agreed on, and is open.
#[derive(Clone, Debug, Serialize)]
pub struct DemoFollowUp {
    pub lead: i64,
    pub agent: i64,
    pub due_at: i64,
    pub created_at: i64,
}

const LEAD_COLUMNS: &str = "id bigint, first_name text, last_name text, phone text, email text, tag text, status bigint, \
                            since bigint, owner bigint, created_at bigint, assigned_at bigint";
const CALL_COLUMNS: &str = "lead bigint, agent bigint, started_at bigint, status text, duration bigint";
const FOLLOW_UP_COLUMNS: &str = "lead bigint, agent bigint, due_at bigint, created_at bigint";

/// The statements, on rows named `r`: leads, tags, and up to three events each.
const FROM_LEADS: [&str; 5] = [
    "INSERT INTO leads (id, first_name, last_name, phone, email, source, status_id, status_since, owner_id, assigned_at, \
       converter_id, converted_at, created_at) \
     SELECT r.id, r.first_name, r.last_name, r.phone, r.email, 'Demo', r.status, r.since, r.owner, r.assigned_at, \
       CASE r.status WHEN 4 THEN r.owner END, CASE r.status WHEN 4 THEN r.since END, r.created_at FROM {rows}",
    "INSERT INTO lead_tags (lead_id, tag) SELECT r.id, r.tag FROM {rows}",
    "INSERT INTO lead_events (lead_id, at, to_status_id, why) SELECT r.id, r.created_at, \
       CASE WHEN r.owner IS NULL THEN r.status ELSE 1 END, 'Made up for the demo' FROM {rows}",
    "INSERT INTO lead_events (lead_id, at, from_status_id, to_status_id, to_owner_id, why) \
     SELECT r.id, r.assigned_at, 1, 2, r.owner, 'Made up for the demo' FROM {rows} WHERE r.owner IS NOT NULL",
    "INSERT INTO lead_events (lead_id, at, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
     SELECT r.id, r.since, 2, r.status, r.owner, r.owner, 'Made up for the demo' FROM {rows} \
     WHERE r.owner IS NOT NULL AND r.status <> 2",
];

const FROM_CALLS: [&str; 1] =
    ["INSERT INTO calls (lead_id, agent_id, started_at, direction, status, duration_seconds) \
     SELECT r.lead, r.agent, r.started_at, 'outgoing', r.status, r.duration FROM {rows}"];

const FROM_FOLLOW_UPS: [&str; 1] = ["INSERT INTO follow_ups (lead_id, agent_id, due_at, created_at) \
     SELECT r.lead, r.agent, r.due_at, r.created_at FROM {rows}"];

/// Adds leads with ids of the caller's choosing, on a database that has none of them.
pub async fn add_leads(tx: &mut Tx, leads: &[DemoLead]) -> Result<()> {
    insert(tx, &FROM_LEADS, LEAD_COLUMNS, serde_json::to_string(leads)?).await?;
    words::write(tx, &leads.iter().map(found_by).collect::<Vec<_>>()).await?;
    if let Tx::Postgres(tx) = tx {
        sqlx::query("SELECT setval(pg_get_serial_sequence('leads', 'id'), (SELECT max(id) FROM leads))")
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

fn found_by(lead: &DemoLead) -> Words<'_> {
    let among = Customers::holding(lead.status, lead.owner);
    Words::of(&lead.first_name, &lead.last_name, &lead.phone, &lead.email, &among)
}

/// Adds calls; they are counted with the next [`recount`](crate::call_sums::recount).
pub async fn add_calls(tx: &mut Tx, calls: &[DemoCall]) -> Result<()> {
    insert(tx, &FROM_CALLS, CALL_COLUMNS, serde_json::to_string(calls)?).await
}

/// Adds open follow-ups.
pub async fn add_follow_ups(tx: &mut Tx, follow_ups: &[DemoFollowUp]) -> Result<()> {
    insert(tx, &FROM_FOLLOW_UPS, FOLLOW_UP_COLUMNS, serde_json::to_string(follow_ups)?).await
}

async fn insert(tx: &mut Tx, statements: &[&str], columns: &str, json: String) -> Result<()> {
    for statement in statements {
        match tx {
            Tx::Sqlite(tx) => {
                let fields: Vec<String> = columns
                    .split(", ")
                    .filter_map(|column| column.trim().split(' ').next())
                    .map(|name| format!("value ->> '{name}' AS {name}"))
                    .collect();
                let rows = format!("(SELECT {} FROM json_each($1)) AS r", fields.join(", "));
                let sql = statement.replace("{rows}", &rows);
                sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&json).execute(&mut **tx).await?;
            }
            Tx::Postgres(tx) => {
                let sql = statement.replace("{rows}", &format!("json_to_recordset($1::json) AS r ({columns})"));
                sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&json).execute(&mut **tx).await?;
            }
        }
    }
    Ok(())
}
