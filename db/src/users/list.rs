use calliyo_domain::search::Search;
use sqlx::FromRow;

use crate::{Result, Tx};

/// Users on a page.
pub const PAGE: i64 = 50;

/// A user in a list.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ListedUser {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: String,
    /// Whether the role works a queue.
    pub tasks: bool,
    pub lead_cap: i64,
    /// Owned leads whose status is on the queue.
    pub load: i64,
    pub receiving: bool,
    pub banned: bool,
}

/// One page of users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub users: Vec<ListedUser>,
    /// How many match on all pages.
    pub total: i64,
}

macro_rules! matching {
    ($select:expr, $rest:literal) => {
        concat!(
            $select,
            " FROM users u JOIN roles r ON r.id = u.role_id ",
            "WHERE lower(u.name) LIKE lower($1) ESCAPE '!' OR u.email LIKE lower($1) ESCAPE '!' ",
            "OR lower(u.employee_code) LIKE lower($1) ESCAPE '!' OR u.phone LIKE $2 ESCAPE '!' ",
            $rest
        )
    };
}

/// The users whose name, email, employee code or phone holds `search`, by name; `number` counts the pages from 0.
pub async fn page(tx: &mut Tx, search: &str, number: i64) -> Result<Page> {
    let pattern = pattern(search);
    // However it is written; nobody's phone matches where there is none.
    let phone = Search::of(search).and_then(|search| search.phone).filter(|phone| phone.beside.is_empty());
    let phone = phone.and_then(|phone| phone.digits.into_iter().next()).map(|digits| format!("%{digits}%"));
    let total = on!(tx, conn => {
        sqlx::query_scalar(matching!("SELECT count(*)", "")).bind(&pattern).bind(&phone).fetch_one(conn).await?
    });
    let users = on!(tx, conn => {
        sqlx::query_as(matching!(
            concat!("SELECT u.id, u.name, u.email, r.name AS role, r.tasks, u.lead_cap, u.receiving, u.banned, ", load!()),
            "ORDER BY lower(u.name), u.id LIMIT $3 OFFSET $4"
        ))
        .bind(&pattern)
        .bind(&phone)
        .bind(PAGE)
        .bind(number.saturating_mul(PAGE))
        .fetch_all(conn)
        .await?
    });
    Ok(Page { users, total })
}

/// A pattern for what holds `search` as it is typed.
fn pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.trim().chars().filter(|c| !c.is_control()) {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
