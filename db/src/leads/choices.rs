//! What there is to filter by. Each statement goes from one value to the next along an index, whatever the number of leads.

use crate::{Result, Tx};

/// Values at most.
const MOST: i64 = 500;

pub(crate) const TAGS: &str = "WITH RECURSIVE found (name) AS ( \
       SELECT min(tag) FROM lead_tags UNION ALL \
       SELECT (SELECT min(t.tag) FROM lead_tags t WHERE t.tag > found.name) FROM found WHERE found.name IS NOT NULL) \
     SELECT name FROM found WHERE name IS NOT NULL LIMIT $1";

pub(crate) const SOURCES: &str = "WITH RECURSIVE found (name) AS ( \
       SELECT min(source) FROM leads WHERE source > '' UNION ALL \
       SELECT (SELECT min(l.source) FROM leads l WHERE l.source > found.name) FROM found WHERE found.name IS NOT NULL) \
     SELECT name FROM found WHERE name IS NOT NULL LIMIT $1";

/// The tags that leads have, 500 at most.
pub async fn all_tags(tx: &mut Tx) -> Result<Vec<String>> {
    Ok(on!(tx, conn => sqlx::query_scalar(TAGS).bind(MOST).fetch_all(conn).await?))
}

/// Where leads came from, 500 at most.
pub async fn all_sources(tx: &mut Tx) -> Result<Vec<String>> {
    Ok(on!(tx, conn => sqlx::query_scalar(SOURCES).bind(MOST).fetch_all(conn).await?))
}
