use calliyo_domain::{
    order::Order,
    search::{Search, folded},
    user_column::UserColumn,
};
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
    /// Which page it is, from 0.
    pub number: i64,
}

macro_rules! matching {
    ($select:expr, $rest:expr) => {
        concat!(
            $select,
            " FROM users u JOIN roles r ON r.id = u.role_id ",
            "WHERE u.sought LIKE $1 ESCAPE '!' OR u.phone LIKE $2 ESCAPE '!' ",
            $rest
        )
    };
}

/// Who receives leads, who receives none, who is banned, and who works no queue.
macro_rules! state {
    () => {
        "CASE WHEN u.banned THEN 2 WHEN NOT r.tasks THEN 3 WHEN u.receiving THEN 0 ELSE 1 END"
    };
}

macro_rules! listed {
    ($order:expr) => {
        matching!(
            concat!(
                "SELECT u.id, u.name, u.email, r.name AS role, r.tasks, u.lead_cap, u.receiving, u.banned, ",
                load!()
            ),
            concat!("ORDER BY ", $order, "u.name_order, u.id LIMIT $3 OFFSET $4")
        )
    };
}

/// The page of users in this order; equal ones are by name.
const fn listed(order: Order<UserColumn>) -> &'static str {
    match (order.by, order.descending) {
        (UserColumn::Name, false) => listed!(""),
        (UserColumn::Name, true) => listed!("u.name_order DESC, "),
        (UserColumn::Role, false) => listed!("lower(r.name), "),
        (UserColumn::Role, true) => listed!("lower(r.name) DESC, "),
        (UserColumn::Queue, false) => listed!("load, "),
        (UserColumn::Queue, true) => listed!("load DESC, "),
        (UserColumn::State, false) => listed!(concat!(state!(), ", ")),
        (UserColumn::State, true) => listed!(concat!(state!(), " DESC, ")),
    }
}

/// The users whose name, email, employee code or phone holds `search`; `number` counts the pages from 0, and past the
/// last one gives the last one.
pub async fn page(tx: &mut Tx, search: &str, order: Order<UserColumn>, number: i64) -> Result<Page> {
    let pattern = pattern(search);
    // However it is written; nobody's phone matches where there is none.
    let phone = Search::of(search).and_then(|search| search.phone).filter(|phone| phone.beside.is_empty());
    let phone = phone.and_then(|phone| phone.digits.into_iter().next()).map(|digits| format!("%{digits}%"));
    let total: i64 = on!(tx, conn => {
        sqlx::query_scalar(matching!("SELECT count(*)", "")).bind(&pattern).bind(&phone).fetch_one(conn).await?
    });
    let number = number.clamp(0, (total - 1).max(0) / PAGE);
    let users = on!(tx, conn => {
        sqlx::query_as(listed(order))
            .bind(&pattern)
            .bind(&phone)
            .bind(PAGE)
            .bind(number * PAGE)
            .fetch_all(conn)
            .await?
    });
    Ok(Page { users, total, number })
}

/// A pattern for what holds `search`, without regard to case and accents.
fn pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in folded(search.trim()).chars().filter(|c| !c.is_control()) {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
