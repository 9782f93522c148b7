//! What there is to filter by. Each statement goes from one value to the next along an index, whatever the number of leads.

use calliyo_domain::visibility::Customers;

use crate::{Result, Tx, visible::converter};

/// Values at most.
const MOST: i64 = 500;

/// What leads have, as far as it is visible.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub tags: Vec<String>,
    /// Where they came from.
    pub sources: Vec<String>,
}

// A limit keeps PostgreSQL from reading all leads at once, for all values.
pub(crate) const CHOICES: &str = concat!(
    "SELECT true AS is_tag, name FROM ( \
       WITH RECURSIVE found (name) AS ( \
         SELECT min(tag) FROM lead_tags UNION ALL \
         SELECT (SELECT min(t.tag) FROM lead_tags t WHERE t.tag > found.name) FROM found WHERE found.name IS NOT NULL) \
       SELECT name FROM found WHERE name IS NOT NULL \
         AND ($2 = 0 OR (SELECT l.id FROM lead_tags t JOIN leads l ON l.id = t.lead_id WHERE t.tag = found.name AND ",
    visible!("$2"),
    " LIMIT 1) IS NOT NULL) LIMIT $1) AS tags \
     UNION ALL SELECT false, name FROM ( \
       WITH RECURSIVE found (name) AS ( \
         SELECT min(l.source) FROM leads l WHERE l.source > '' AND ",
    visible!("$2"),
    " UNION ALL \
         SELECT (SELECT min(l.source) FROM leads l WHERE l.source > found.name AND ",
    visible!("$2"),
    ") FROM found WHERE found.name IS NOT NULL) \
       SELECT name FROM found WHERE name IS NOT NULL LIMIT $1) AS sources"
);

/// The tags that leads have and where leads came from, customers among them as far as they are `visible`; 500 of each at
/// most.
pub async fn choices(tx: &mut Tx, visible: Customers) -> Result<Choices> {
    let converter = converter(visible);
    let rows: Vec<(bool, String)> =
        on!(tx, conn => sqlx::query_as(CHOICES).bind(MOST).bind(converter).fetch_all(conn).await?);
    let (tags, sources): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(is_tag, _)| *is_tag);
    let names = |rows: Vec<(bool, String)>| rows.into_iter().map(|(_, name)| name).collect();
    Ok(Choices { tags: names(tags), sources: names(sources) })
}
