//! Leads as lists.

use std::collections::HashMap;

use sqlx::FromRow;

use crate::{Result, Tx};

/// Whose leads to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerFilter {
    Anyone,
    Nobody,
    Agent(i64),
}

/// What to list, newest first.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    pub status: Option<i64>,
    pub owner: OwnerFilter,
    /// Only leads with a smaller id: the rest of a list that ended there.
    pub before: Option<i64>,
    /// Rows at most.
    pub limit: i64,
}

/// A lead in a list.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ListedLead {
    pub id: i64,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub email: String,
    pub status_id: i64,
    pub status: String,
    pub status_since: i64,
    pub owner: Option<String>,
}

macro_rules! select_leads {
    ($where:literal) => {
        concat!(
            "SELECT l.id, l.first_name, l.last_name, l.phone, l.email, l.status_id, s.name AS status, l.status_since, ",
            "u.name AS owner FROM leads l JOIN statuses s ON s.id = l.status_id LEFT JOIN users u ON u.id = l.owner_id ",
            "WHERE l.id < $1 ",
            $where,
            " ORDER BY l.id DESC LIMIT $2"
        )
    };
}

/// One page of leads. Each combination of filters is a statement of its own, so that each uses its index.
pub async fn list(tx: &mut Tx, filter: &Filter) -> Result<Vec<ListedLead>> {
    let (sql, binds) = statement(filter);
    Ok(on!(tx, conn => {
        let mut query = sqlx::query_as(sql).bind(filter.before.unwrap_or(i64::MAX)).bind(filter.limit);
        for value in binds {
            query = query.bind(value);
        }
        query.fetch_all(conn).await?
    }))
}

/// The statement for a filter, and what to bind after the keyset and the limit.
pub(crate) fn statement(filter: &Filter) -> (&'static str, Vec<i64>) {
    match (filter.status, filter.owner) {
        (None, OwnerFilter::Anyone) => (select_leads!(""), vec![]),
        (Some(status), OwnerFilter::Anyone) => (select_leads!("AND l.status_id = $3"), vec![status]),
        (None, OwnerFilter::Nobody) => (select_leads!("AND l.owner_id IS NULL"), vec![]),
        (Some(status), OwnerFilter::Nobody) => {
            (select_leads!("AND l.status_id = $3 AND l.owner_id IS NULL"), vec![status])
        }
        (None, OwnerFilter::Agent(id)) => (select_leads!("AND l.owner_id = $3"), vec![id]),
        (Some(status), OwnerFilter::Agent(id)) => {
            (select_leads!("AND l.owner_id = $3 AND l.status_id = $4"), vec![id, status])
        }
    }
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
