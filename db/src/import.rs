//! Bringing leads in, many at a time.

use std::collections::HashMap;

use calliyo_domain::{lead::NewLead, status, visibility::Customers};
use serde::Serialize;

use crate::{
    Result, Tx,
    leads::words::{self, Words},
    tags::{self, Spelled},
};

/// A lead to be taken in. Nobody owns it yet: it is Unassigned, or a customer already.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub lead: NewLead,
    /// [`status::UNASSIGNED`] or [`status::CUSTOMER`].
    pub status: i64,
    /// Why its first event says it is here.
    pub why: String,
}

/// Where leads come from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// What their source is called.
    pub source: &'a str,
    /// The import that brings them.
    pub run: Option<i64>,
}

impl<'a> From<&'a str> for Origin<'a> {
    /// Without an import.
    fn from(source: &'a str) -> Self {
        Self { source, run: None }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    n: usize,
    first_name: &'a str,
    last_name: &'a str,
    phone: &'a str,
    email: &'a str,
    status: i64,
    why: &'a str,
    tags: Vec<String>,
}

/// Leads per round of statements.
const PART: usize = 5_000;

/// Adds the leads whose phone isn't there yet, with their tags (as the company writes them) and first events, in
/// four statements per 5,000.
/// Gives the positions in `leads` of those that were added; the others are duplicates. `progress` is told the leads
/// looked at so far.
pub async fn add<'a>(
    tx: &mut Tx,
    leads: &[Incoming],
    origin: impl Into<Origin<'a>>,
    actor: Option<i64>,
    now: i64,
    mut progress: impl FnMut(u64),
) -> Result<Vec<usize>> {
    let origin = origin.into();
    let mut added = Vec::with_capacity(leads.len());
    let tags = tags::spelled(tx, leads.iter().flat_map(|incoming| &incoming.lead.tags)).await?;
    for (part, first) in leads.chunks(PART).zip((0..).step_by(PART)) {
        let rows: Vec<_> = part.iter().enumerate().map(|(n, incoming)| row(first + n, incoming, &tags)).collect();
        let json = serde_json::to_string(&rows)?;
        let position: HashMap<&str, usize> = rows.iter().rev().map(|row| (row.phone, row.n)).collect();
        let phones = insert_leads(tx, &json, origin, now).await?;
        let new: Vec<usize> = phones.iter().filter_map(|phone| position.get(phone.as_str()).copied()).collect();
        insert_tags_and_events(tx, &json, &phones, actor, now).await?;
        words::write(tx, &new.iter().map(|n| found_by(&leads[*n])).collect::<Vec<_>>()).await?;
        added.extend(new);
        progress((first + part.len()) as u64);
    }
    added.sort_unstable();
    Ok(added)
}

fn row<'a>(n: usize, incoming: &'a Incoming, tags: &Spelled) -> Row<'a> {
    let lead = &incoming.lead;
    Row {
        n,
        first_name: &lead.first_name,
        last_name: &lead.last_name,
        phone: &lead.phone,
        email: &lead.email,
        status: incoming.status,
        why: &incoming.why,
        tags: tags.of(&lead.tags),
    }
}

fn found_by(incoming: &Incoming) -> Words<'_> {
    let lead = &incoming.lead;
    let among = Customers::holding(incoming.status, None);
    Words::of(&lead.first_name, &lead.last_name, &lead.phone, &lead.email, &among)
}

/// Gives the phones of the leads that were added.
async fn insert_leads(tx: &mut Tx, json: &str, origin: Origin<'_>, now: i64) -> Result<Vec<String>> {
    Ok(match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_scalar(
                "INSERT INTO leads (first_name, last_name, phone, email, source, status_id, status_since, converted_at, created_at, import_run) \
                 SELECT value ->> 'first_name', value ->> 'last_name', value ->> 'phone', value ->> 'email', $2, \
                   value ->> 'status', $3, CASE value ->> 'status' WHEN $4 THEN $3 END, $3, $5 FROM json_each($1) WHERE TRUE \
                 ORDER BY value ->> 'n' ON CONFLICT (phone) DO NOTHING RETURNING phone",
            )
            .bind(json)
            .bind(origin.source)
            .bind(now)
            .bind(status::CUSTOMER)
            .bind(origin.run)
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_scalar(
                "INSERT INTO leads (first_name, last_name, phone, email, source, status_id, status_since, converted_at, created_at, import_run) \
                 SELECT first_name, last_name, phone, email, $2, status, $3, CASE status WHEN $4 THEN $3 END, $3, $5 \
                 FROM json_to_recordset($1::json) AS r (n bigint, first_name text, last_name text, phone text, email text, status bigint) \
                 ORDER BY n ON CONFLICT (phone) DO NOTHING RETURNING phone",
            )
            .bind(json)
            .bind(origin.source)
            .bind(now)
            .bind(status::CUSTOMER)
            .bind(origin.run)
            .fetch_all(&mut **tx)
            .await?
        }
    })
}

async fn insert_tags_and_events(
    tx: &mut Tx,
    json: &str,
    phones: &[String],
    actor: Option<i64>,
    now: i64,
) -> Result<()> {
    let phones = serde_json::to_string(phones)?;
    match tx {
        // CROSS JOIN keeps the order: SQLite would read a list again for each lead.
        Tx::Sqlite(tx) => {
            sqlx::query(
                "INSERT INTO lead_tags (lead_id, tag) SELECT l.id, t.value \
                 FROM (SELECT value ->> 'phone' AS phone, value -> 'tags' AS tags, min(value ->> 'n') FROM json_each($1) \
                       WHERE value ->> 'phone' IN (SELECT value FROM json_each($2)) GROUP BY 1) r \
                 CROSS JOIN leads l ON l.phone = r.phone CROSS JOIN json_each(r.tags) t",
            )
            .bind(json)
            .bind(&phones)
            .execute(&mut **tx)
            .await?;
            sqlx::query(
                "INSERT INTO lead_events (lead_id, at, actor_id, to_status_id, why) \
                 SELECT l.id, $3, $4, l.status_id, r.why \
                 FROM (SELECT value ->> 'phone' AS phone, value ->> 'why' AS why, min(value ->> 'n') FROM json_each($1) \
                       WHERE value ->> 'phone' IN (SELECT value FROM json_each($2)) GROUP BY 1) r \
                 CROSS JOIN leads l ON l.phone = r.phone",
            )
            .bind(json)
            .bind(&phones)
            .bind(now)
            .bind(actor)
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "INSERT INTO lead_tags (lead_id, tag) SELECT l.id, t.value \
                 FROM (SELECT DISTINCT ON (phone) phone, tags FROM json_to_recordset($1::json) AS r (n bigint, phone text, tags json) \
                       ORDER BY phone, n) r \
                 JOIN json_array_elements_text($2::json) p ON p.value = r.phone JOIN leads l ON l.phone = r.phone \
                 CROSS JOIN LATERAL json_array_elements_text(r.tags) t",
            )
            .bind(json)
            .bind(&phones)
            .execute(&mut **tx)
            .await?;
            sqlx::query(
                "INSERT INTO lead_events (lead_id, at, actor_id, to_status_id, why) SELECT l.id, $3, $4, l.status_id, r.why \
                 FROM (SELECT DISTINCT ON (phone) phone, why FROM json_to_recordset($1::json) AS r (n bigint, phone text, why text) \
                       ORDER BY phone, n) r \
                 JOIN json_array_elements_text($2::json) p ON p.value = r.phone JOIN leads l ON l.phone = r.phone",
            )
            .bind(json)
            .bind(&phones)
            .bind(now)
            .bind(actor)
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}
