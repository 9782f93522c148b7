//! What there is to filter by. Each statement goes from one value to the next along an index, whatever the number of leads.

use calliyo_domain::visibility::Customers;

use crate::{Result, Tx, visible::converter};

/// Values at most.
const MOST: i64 = 500;

// A limit keeps PostgreSQL from reading all leads at once, for all values.
pub(crate) const TAGS: &str = concat!(
    "WITH RECURSIVE found (name) AS ( \
       SELECT min(tag) FROM lead_tags UNION ALL \
       SELECT (SELECT min(t.tag) FROM lead_tags t WHERE t.tag > found.name) FROM found WHERE found.name IS NOT NULL) \
     SELECT name FROM found WHERE name IS NOT NULL \
       AND ($2 = 0 OR (SELECT l.id FROM lead_tags t JOIN leads l ON l.id = t.lead_id WHERE t.tag = found.name AND ",
    visible!("$2"),
    " LIMIT 1) IS NOT NULL) LIMIT $1"
);

pub(crate) const SOURCES: &str = concat!(
    "WITH RECURSIVE found (name) AS ( \
       SELECT min(l.source) FROM leads l WHERE l.source > '' AND ",
    visible!("$2"),
    " UNION ALL \
       SELECT (SELECT min(l.source) FROM leads l WHERE l.source > found.name AND ",
    visible!("$2"),
    ") FROM found WHERE found.name IS NOT NULL) \
     SELECT name FROM found WHERE name IS NOT NULL LIMIT $1"
);

/// The tags that leads have, customers among them as far as they are `visible`; 500 at most.
pub async fn all_tags(tx: &mut Tx, visible: Customers) -> Result<Vec<String>> {
    let converter = converter(visible);
    Ok(on!(tx, conn => sqlx::query_scalar(TAGS).bind(MOST).bind(converter).fetch_all(conn).await?))
}

/// Where leads came from, customers among them as far as they are `visible`; 500 at most.
pub async fn all_sources(tx: &mut Tx, visible: Customers) -> Result<Vec<String>> {
    let converter = converter(visible);
    Ok(on!(tx, conn => sqlx::query_scalar(SOURCES).bind(MOST).bind(converter).fetch_all(conn).await?))
}
