//! Customers: leads that have converted. Every statement takes what the viewer may see and leaves out the rest.

use calliyo_domain::{
    search::{self, Search},
    visibility::Customers,
};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{
    Page, Result, Tx,
    leads::{LeadFilter, Matching},
    value::{Value, Values},
};

/// Where a list goes on: after the customer converted at that time with that id. Where they are searched for, the id
/// alone says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Unix ms.
    pub converted_at: i64,
    pub id: i64,
}

/// What to list: newest conversion first, or where they are searched for, newest lead first, as the words give them.
#[derive(Clone, Debug)]
pub struct Query {
    /// What the viewer may see.
    pub visible: Customers,
    /// What they are found by, as leads are; nothing lists all.
    pub search: Option<Search>,
    pub page: Page<Place>,
    /// Rows at most.
    pub limit: i64,
}

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Customer {
    pub id: i64,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub email: String,
    pub source: String,
    /// Who owned the lead when it became a customer.
    pub converter: Option<String>,
    pub converted_at: i64,
    pub owner: Option<String>,
    pub created_at: i64,
}

/// The customers that the viewer may see, of the leads that match. The caller's own `values` come first.
fn matching(tx: &Tx, visible: Customers, search: Option<&Search>, values: Vec<Value>) -> Matching {
    let filter = LeadFilter { search: search.cloned(), ..LeadFilter::default() };
    let mut matching = filter.matching(tx, values);
    if search.is_some() {
        // Most leads that have the words may be no customers: those aren't even read.
        matching.have_word(&search::mark(visible), tx);
    }
    matching.and_that("l.converted_at IS NOT NULL");
    if let Customers::ConvertedBy(agent) = visible {
        matching.and("l.converter_id = $", agent);
    }
    matching
}

/// Customers with all that is shown of them, of the leads `l` that are read `from` somewhere.
fn rows(from: &str) -> String {
    format!(
        "SELECT l.id, l.first_name, l.last_name, l.phone, l.email, l.source, c.name AS converter, l.converted_at, \
           o.name AS owner, l.created_at \
         FROM {from} LEFT JOIN users c ON c.id = l.converter_id LEFT JOIN users o ON o.id = l.owner_id"
    )
}

/// One page of the customers that the viewer may see.
pub async fn list(tx: &mut Tx, query: &Query) -> Result<Vec<Customer>> {
    let (sql, values) = list_statement(tx, query);
    let read = on!(tx, conn => {
        sqlx::query_as_with(AssertSqlSafe(sql), Values(values)).persistent(false).fetch_all(conn).await?
    });
    Ok(query.page.in_order(read))
}

/// The statement for a query, and what to bind.
pub(crate) fn list_statement(tx: &Tx, query: &Query) -> (String, Vec<Value>) {
    let reading = query.page.reading(true);
    let start = Place { converted_at: reading.start(), id: reading.start() };
    let Place { converted_at, id } = query.page.place().unwrap_or(start);
    let mut values = vec![query.limit.into()];
    if query.search.is_none() {
        values.push(converted_at.into());
    }
    values.push(id.into());
    let matching = matching(tx, query.visible, query.search.as_ref(), values);
    let [found, order]: [&[&str]; 2] = match &query.search {
        Some(_) => [&[matching.id], &["l.id"]],
        None => [&["l.converted_at", "l.id"]; 2],
    };
    let (rest, ids) = (format!("{} ORDER BY {}", reading.beyond(found, 2), reading.order(found)), matching.ids());
    // The rest is read of those alone that are shown.
    let found = rows(&format!("({ids} AND {rest} LIMIT $1) AS found JOIN leads l ON l.id = found.id"));
    let sql = format!("{found} ORDER BY {}", reading.order(order));
    (sql, matching.values)
}

/// How many customers the viewer may see that match.
pub async fn count(tx: &mut Tx, visible: Customers, search: Option<&Search>) -> Result<i64> {
    let (sql, values) = count_statement(tx, visible, search);
    Ok(on!(tx, conn => {
        sqlx::query_scalar_with(AssertSqlSafe(sql), Values(values)).persistent(false).fetch_one(conn).await?
    }))
}

pub(crate) fn count_statement(tx: &Tx, visible: Customers, search: Option<&Search>) -> (String, Vec<Value>) {
    let matching = matching(tx, visible, search, Vec::new());
    (format!("SELECT count(*) FROM ({}) AS found", matching.ids()), matching.values)
}

/// The customer with this id, if the viewer may see it.
pub async fn get(tx: &mut Tx, visible: Customers, id: i64) -> Result<Option<Customer>> {
    let mut matching = matching(tx, visible, None, Vec::new());
    matching.and("l.id = $", id);
    let sql = format!("{} WHERE {}", rows(&matching.from()), matching.conditions);
    Ok(on!(tx, conn => {
        sqlx::query_as_with(AssertSqlSafe(sql), Values(matching.values)).fetch_optional(conn).await?
    }))
}
