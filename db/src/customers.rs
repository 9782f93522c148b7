//! Customers: leads that have converted. Every statement takes what the viewer may see and leaves out the rest.

use calliyo_domain::visibility::Customers;
use sqlx::FromRow;

use crate::{Result, Tx};

/// Where a list goes on: after the customer converted at that time with that id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Unix ms.
    pub converted_at: i64,
    pub id: i64,
}

/// What to list, newest conversion first.
#[derive(Clone, Debug)]
pub struct Query {
    /// What the viewer may see.
    pub visible: Customers,
    /// Part of a name, phone number or email; nothing lists all.
    pub search: Option<Search>,
    pub after: Option<Place>,
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

/// What people typed to find a customer, as the patterns it makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// For names and emails, without regard to case as far as the database folds it: SQLite only folds ASCII.
    text: String,
    /// For phone numbers; nothing where what was typed can't be part of one.
    digits: Option<String>,
}

impl Search {
    /// Nothing for blank text.
    #[must_use]
    pub fn of(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let text = typed.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        (!typed.is_empty()).then(|| Self { text: format!("%{text}%"), digits: digits(typed) })
    }
}

/// The digits of a phone number as people write it. The zeros that are dialled before a number are no part of it.
fn digits(typed: &str) -> Option<String> {
    let belongs = |c: char| c.is_ascii_digit() || " +-().".contains(c);
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    (typed.chars().all(belongs) && !digits.is_empty()).then(|| format!("%{digits}%"))
}

/// `$own` and `$search` begin with AND or are empty; the parameters they use follow those of the rest.
macro_rules! customers {
    ($what:literal, $own:literal, $search:literal, $rest:literal) => {
        concat!("SELECT ", $what, " WHERE l.converted_at IS NOT NULL ", $own, $search, $rest)
    };
}

macro_rules! columns {
    ($own:literal, $search:literal, $rest:literal) => {
        customers!(
            "l.id, l.first_name, l.last_name, l.phone, l.email, l.source, c.name AS converter, l.converted_at, \
             o.name AS owner, l.created_at \
             FROM leads l LEFT JOIN users c ON c.id = l.converter_id LEFT JOIN users o ON o.id = l.owner_id",
            $own,
            $search,
            $rest
        )
    };
}

macro_rules! list {
    ($own:literal, $search:literal) => {
        columns!(
            $own,
            $search,
            " AND (l.converted_at, l.id) < ($1, $2) ORDER BY l.converted_at DESC, l.id DESC LIMIT $3"
        )
    };
}

macro_rules! count {
    ($own:literal, $search:literal) => {
        customers!("count(*) FROM leads l", $own, $search, "")
    };
}

/// One page of the customers that the viewer may see. Each combination is a statement of its own, so that each uses
/// its index.
pub async fn list(tx: &mut Tx, query: &Query) -> Result<Vec<Customer>> {
    let after = query.after.unwrap_or(Place { converted_at: i64::MAX, id: i64::MAX });
    let sql = list_statement(query);
    Ok(on!(tx, conn => {
        let mut statement = sqlx::query_as(sql).bind(after.converted_at).bind(after.id).bind(query.limit);
        if let Some(search) = &query.search {
            statement = statement.bind(&search.text).bind(&search.digits);
        }
        if let Customers::ConvertedBy(agent) = query.visible {
            statement = statement.bind(agent);
        }
        statement.fetch_all(conn).await?
    }))
}

/// The statement for a query; binds: time, id, limit, then the search's two, then the converter.
pub(crate) fn list_statement(query: &Query) -> &'static str {
    match (&query.search, query.visible) {
        (None, Customers::All) => list!("", ""),
        (None, Customers::ConvertedBy(_)) => list!("AND l.converter_id = $4 ", ""),
        (Some(_), Customers::All) => list!(
            "",
            "AND (lower(l.first_name || ' ' || l.last_name) LIKE lower($4) ESCAPE '!' \
                  OR lower(l.email) LIKE lower($4) ESCAPE '!' OR l.phone LIKE $5)"
        ),
        (Some(_), Customers::ConvertedBy(_)) => list!(
            "AND l.converter_id = $6 ",
            "AND (lower(l.first_name || ' ' || l.last_name) LIKE lower($4) ESCAPE '!' \
                  OR lower(l.email) LIKE lower($4) ESCAPE '!' OR l.phone LIKE $5)"
        ),
    }
}

/// How many customers the viewer may see that match.
pub async fn count(tx: &mut Tx, visible: Customers, search: Option<&Search>) -> Result<i64> {
    let sql = match (search, visible) {
        (None, Customers::All) => count!("", ""),
        (None, Customers::ConvertedBy(_)) => count!("AND l.converter_id = $1", ""),
        (Some(_), Customers::All) => count!(
            "",
            "AND (lower(l.first_name || ' ' || l.last_name) LIKE lower($1) ESCAPE '!' \
                  OR lower(l.email) LIKE lower($1) ESCAPE '!' OR l.phone LIKE $2)"
        ),
        (Some(_), Customers::ConvertedBy(_)) => count!(
            "AND l.converter_id = $3 ",
            "AND (lower(l.first_name || ' ' || l.last_name) LIKE lower($1) ESCAPE '!' \
                  OR lower(l.email) LIKE lower($1) ESCAPE '!' OR l.phone LIKE $2)"
        ),
    };
    Ok(on!(tx, conn => {
        let mut statement = sqlx::query_scalar(sql);
        if let Some(search) = search {
            statement = statement.bind(&search.text).bind(&search.digits);
        }
        if let Customers::ConvertedBy(agent) = visible {
            statement = statement.bind(agent);
        }
        statement.fetch_one(conn).await?
    }))
}

/// The customer with this id, if the viewer may see it.
pub async fn get(tx: &mut Tx, visible: Customers, id: i64) -> Result<Option<Customer>> {
    Ok(match visible {
        Customers::All => on!(tx, conn => {
            sqlx::query_as(columns!("", "", "AND l.id = $1")).bind(id).fetch_optional(conn).await?
        }),
        Customers::ConvertedBy(agent) => on!(tx, conn => {
            sqlx::query_as(columns!("AND l.converter_id = $2 ", "", "AND l.id = $1"))
                .bind(id)
                .bind(agent)
                .fetch_optional(conn)
                .await?
        }),
    })
}

/// An event of a customer's history, in names.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Event {
    pub at: i64,
    pub actor: Option<String>,
    /// The key of the job whose run it was.
    pub job: Option<String>,
    /// Whether the lead came into being with it.
    pub created: bool,
    /// The status before; nothing where the lead was created, or where the status is no more.
    pub from_status: Option<String>,
    pub to_status: Option<String>,
    pub from_owner: Option<String>,
    pub to_owner: Option<String>,
    pub why: String,
}

/// The history of a customer that the viewer may see, newest first; empty of any other.
pub async fn events(tx: &mut Tx, visible: Customers, id: i64) -> Result<Vec<Event>> {
    if get(tx, visible, id).await?.is_none() {
        return Ok(Vec::new());
    }
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "SELECT e.at, a.name AS actor, r.job, e.from_status_id IS NULL AS created, fs.name AS from_status, ts.name AS to_status, fo.name AS from_owner, \
               o.name AS to_owner, e.why \
             FROM lead_events e LEFT JOIN users a ON a.id = e.actor_id LEFT JOIN runs r ON r.id = e.run_id \
               LEFT JOIN statuses fs ON fs.id = e.from_status_id LEFT JOIN statuses ts ON ts.id = e.to_status_id \
               LEFT JOIN users fo ON fo.id = e.from_owner_id LEFT JOIN users o ON o.id = e.to_owner_id \
             WHERE e.lead_id = $1 ORDER BY e.id DESC",
        )
        .bind(id)
        .fetch_all(conn)
        .await?
    }))
}
