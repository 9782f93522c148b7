//! Leads as lists, and many changed at once.

pub mod changes;
pub(crate) mod choices;
mod filter;
pub(crate) mod first;
mod owner_filter;
mod parts;
mod set;
pub mod words;

use std::collections::HashMap;

use calliyo_domain::lead_order::LeadOrder;
use sqlx::{AssertSqlSafe, FromRow};

use crate::{
    Page, Result, Tx,
    merge::merged,
    statuses,
    value::{Value, Values},
};

pub use choices::{Choices, choices};
pub use filter::LeadFilter;
pub(crate) use filter::{Matching, has_words};
pub(crate) use first::First;
pub use owner_filter::OwnerFilter;
pub use set::{set, set_of_counted};
pub(crate) use words::sought;

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

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub filter: LeadFilter,
    pub order: LeadOrder,
    pub page: Page<Place>,
    /// Rows at most.
    pub limit: i64,
}

/// A page of the leads that match.
pub async fn list(tx: &mut Tx, query: &Query) -> Result<Vec<ListedLead>> {
    let first = query.filter.first(tx, query.order).await?;
    list_from(tx, query, first).await
}

pub(crate) async fn list_from(tx: &mut Tx, query: &Query, first: First) -> Result<Vec<ListedLead>> {
    let by_status = query.order.is_by_status();
    let pipeline = if by_status { statuses::list(tx).await? } else { Vec::new() };
    let mut pipeline: Vec<i64> = pipeline.into_iter().map(|status| status.id).collect();
    pipeline.sort_unstable();
    let (sql, values) = list_statement(tx, query, first, &pipeline);
    // What is asked for differs too much for one plan: PostgreSQL makes one for each.
    let read = on!(tx, conn => {
        sqlx::query_as_with(AssertSqlSafe(sql), Values(values)).persistent(false).fetch_all(conn).await?
    });
    Ok(query.page.in_order(read))
}

/// The statement for a page, and what to bind. The time on a status is in order status by status: of leads on any, those
/// of the whole `pipeline` are merged.
pub(crate) fn list_statement(tx: &Tx, query: &Query, first: First, pipeline: &[i64]) -> (String, Vec<Value>) {
    let Query { filter, order, page, limit } = query;
    let by_status = order.is_by_status();
    let first = match first {
        First::Leads if !by_status && filter.since_at_latest.is_some() => First::Ids,
        first => first,
    };
    let reading = page.reading(order.is_descending());
    let start = Place { status_since: reading.start(), id: reading.start() };
    let Place { status_since, id } = page.place().unwrap_or(start);
    let mut values: Vec<Value> = vec![(*limit).into()];
    if by_status {
        values.push(status_since.into());
    }
    values.push(id.into());
    let mut parts = Vec::new();
    for part in filter.in_parts(first, pipeline) {
        let mut matching = part.matching_from(first, tx, values);
        let key: &[&str] = if by_status { &["l.status_since", "l.id"] } else { &[matching.id] };
        matching.conditions.push_str(&format!(" AND {}", reading.beyond(key, 2)));
        parts.push(if by_status {
            matching.select("l.id AS id, l.status_since AS status_since")
        } else {
            matching.ids()
        });
        values = matching.values;
    }
    let [found, order]: [&[&str]; 2] =
        if by_status { [&["status_since", "id"], &["l.status_since", "l.id"]] } else { [&["id"], &["l.id"]] };
    let end = format!("ORDER BY {} LIMIT $1", reading.order(found));
    let order = reading.order(order);
    let sql = format!(
        "SELECT l.id, l.version, l.first_name, l.last_name, l.phone, l.email, l.source, l.status_id, s.name AS status, \
           l.status_since, u.name AS owner, l.created_at \
         FROM ({}) AS found JOIN leads l ON l.id = found.id JOIN statuses s ON s.id = l.status_id \
           LEFT JOIN users u ON u.id = l.owner_id ORDER BY {order}",
        merged(tx, &parts, &end)
    );
    (sql, values)
}

/// A page as [`list`] gives it, and how many leads match.
#[derive(Clone, Debug)]
pub struct Counted {
    pub leads: Vec<ListedLead>,
    pub count: i64,
    /// From where the others that match are found.
    pub(crate) first: First,
}

/// A page, and how many leads match, counted no further than to `most`.
pub async fn list_counted(tx: &mut Tx, query: &Query, most: i64) -> Result<Counted> {
    let Query { filter, order, .. } = query;
    let first = filter.first(tx, *order).await?;
    let leads = list_from(tx, query, first).await?;
    // What is counted needs no order.
    let first = if order.is_by_status() { filter.first(tx, LeadOrder::default()).await? } else { first };
    Ok(Counted { leads, count: count_from(tx, filter, first, most).await?, first })
}

/// How many leads match, counted no further than to `most`.
pub async fn count_up_to(tx: &mut Tx, filter: &LeadFilter, most: i64) -> Result<i64> {
    let first = filter.first(tx, LeadOrder::default()).await?;
    count_from(tx, filter, first, most).await
}

pub(crate) async fn count_from(tx: &mut Tx, filter: &LeadFilter, first: First, most: i64) -> Result<i64> {
    let (sql, values) = count_statement(tx, filter, first, most);
    Ok(on!(tx, conn => {
        sqlx::query_scalar_with(AssertSqlSafe(sql), Values(values)).persistent(false).fetch_one(conn).await?
    }))
}

pub(crate) fn count_statement(tx: &Tx, filter: &LeadFilter, first: First, most: i64) -> (String, Vec<Value>) {
    let among = matches!(filter.owner, OwnerFilter::Among { .. }) && first == First::Leads;
    let parts = if among { filter.in_parts(first, &[]) } else { vec![filter.clone()] };
    let (mut values, mut found) = (vec![most.into()], Vec::new());
    for part in parts {
        let matching = part.matching_from(first, tx, values);
        found.push(matching.ids());
        values = matching.values;
    }
    (format!("SELECT count(*) FROM ({} LIMIT $1) AS found", found.join(" UNION ALL ")), values)
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
