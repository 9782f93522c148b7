//! Leads as lists, and many changed at once.

pub mod changes;
pub(crate) mod choices;
mod filter;
pub(crate) mod first;
pub mod words;

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, FromRow};

use crate::{
    Result, Tx,
    merge::merged,
    value::{Value, Values},
};

pub use choices::{all_sources, all_tags};
pub use filter::{LeadFilter, Matching, OwnerFilter};
pub(crate) use filter::{has_words, sought};
pub(crate) use first::First;

/// A lead in a list.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ListedLead {
    pub id: i64,
    pub version: i64,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub email: String,
    pub source: String,
    pub status_id: i64,
    pub status: String,
    pub status_since: i64,
    pub owner: Option<String>,
    pub created_at: i64,
}

impl ListedLead {
    /// Where a list goes on after it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { status_since: self.status_since, id: self.id }
    }
}

/// Where a list goes on: after this lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Unix ms.
    pub status_since: i64,
    pub id: i64,
}

/// A page of the leads that match, `limit` of them at most: newest first, or where they are asked for by the time on
/// their status, those first that are longest on it.
pub async fn list(tx: &mut Tx, filter: &LeadFilter, after: Option<Place>, limit: i64) -> Result<Vec<ListedLead>> {
    let first = filter.first(tx).await?;
    list_from(tx, filter, first, after, limit).await
}

pub(crate) async fn list_from(
    tx: &mut Tx,
    filter: &LeadFilter,
    first: First,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<ListedLead>> {
    let (sql, values) = list_statement(tx, filter, first, after, limit);
    // What is asked for differs too much for one plan: PostgreSQL makes one for each.
    Ok(on!(tx, conn => {
        sqlx::query_as_with(AssertSqlSafe(sql), Values(values)).persistent(false).fetch_all(conn).await?
    }))
}

/// The statement for a page, and what to bind.
pub(crate) fn list_statement(
    tx: &Tx,
    filter: &LeadFilter,
    first: First,
    after: Option<Place>,
    limit: i64,
) -> (String, Vec<Value>) {
    let longest_first = filter.longest_first();
    let mut values = vec![limit.into()];
    if longest_first {
        let Place { status_since, id } = after.unwrap_or(Place { status_since: i64::MIN, id: 0 });
        values.extend([status_since.into(), id.into()]);
    } else {
        values.push(after.map_or(i64::MAX, |after| after.id).into());
    }
    let (end, order) = if longest_first {
        ("ORDER BY status_since, id LIMIT $1", "l.status_since, l.id")
    } else {
        ("ORDER BY id DESC LIMIT $1", "l.id DESC")
    };
    let mut parts = Vec::new();
    for part in filter.by_status(first) {
        let matching = part.matching_from(first, tx, values);
        parts.push(if longest_first {
            format!(
                "{} AND (l.status_since, l.id) > ($2, $3)",
                matching.select("l.id AS id, l.status_since AS status_since")
            )
        } else {
            format!("{} AND {} < $2", matching.ids(), matching.id)
        });
        values = matching.values;
    }
    let sql = format!(
        "SELECT l.id, l.version, l.first_name, l.last_name, l.phone, l.email, l.source, l.status_id, s.name AS status, \
           l.status_since, u.name AS owner, l.created_at \
         FROM ({}) AS found JOIN leads l ON l.id = found.id JOIN statuses s ON s.id = l.status_id \
           LEFT JOIN users u ON u.id = l.owner_id ORDER BY {order}",
        merged(tx, &parts, end)
    );
    (sql, values)
}

/// A page as [`list`] gives it, and how many leads match, counted no further than to `most`.
pub async fn list_counted(
    tx: &mut Tx,
    filter: &LeadFilter,
    after: Option<Place>,
    limit: i64,
    most: i64,
) -> Result<(Vec<ListedLead>, i64)> {
    let first = filter.first(tx).await?;
    let leads = list_from(tx, filter, first, after, limit).await?;
    Ok((leads, count_from(tx, filter, first, most).await?))
}

/// How many leads match, counted no further than to `most`.
pub async fn count_up_to(tx: &mut Tx, filter: &LeadFilter, most: i64) -> Result<i64> {
    let first = filter.first(tx).await?;
    count_from(tx, filter, first, most).await
}

pub(crate) async fn count_from(tx: &mut Tx, filter: &LeadFilter, first: First, most: i64) -> Result<i64> {
    let (sql, values) = count_statement(tx, filter, first, most);
    Ok(on!(tx, conn => {
        sqlx::query_scalar_with(AssertSqlSafe(sql), Values(values)).persistent(false).fetch_one(conn).await?
    }))
}

pub(crate) fn count_statement(tx: &Tx, filter: &LeadFilter, first: First, most: i64) -> (String, Vec<Value>) {
    let matching = filter.matching_from(first, tx, vec![most.into()]);
    (format!("SELECT count(*) FROM ({} LIMIT $1) AS found", matching.ids()), matching.values)
}

macro_rules! select_tags {
    ($among:literal) => {
        concat!("SELECT lead_id, tag FROM lead_tags WHERE lead_id ", $among, " ORDER BY tag")
    };
}

pub(crate) const TAGS_SQLITE: &str = select_tags!("IN (SELECT value FROM json_each($1))");
pub(crate) const TAGS_POSTGRES: &str = select_tags!("= ANY($1)");

/// The tags of these leads, by lead.
pub async fn tags(tx: &mut Tx, leads: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let rows: Vec<(i64, String)> = match tx {
        Tx::Sqlite(tx) => {
            let ids = serde_json::to_string(leads)?;
            sqlx::query_as(TAGS_SQLITE).bind(ids).fetch_all(&mut **tx).await?
        }
        Tx::Postgres(tx) => sqlx::query_as(TAGS_POSTGRES).bind(leads).fetch_all(&mut **tx).await?,
    };
    let mut by_lead: HashMap<i64, Vec<String>> = HashMap::new();
    for (lead, tag) in rows {
        by_lead.entry(lead).or_default().push(tag);
    }
    Ok(by_lead)
}

/// How many leads there are; for the command line and tests, since it counts them all.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM leads").fetch_one(conn).await?))
}
