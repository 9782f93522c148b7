//! What tests put into a database and how they look into it.

use calliyo_domain::{lead::NewLead, search, status::UNASSIGNED, user::NewUser, visibility::Customers};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{
    Db, Result, Tx,
    demo::{self, DemoLead},
    import::Incoming,
    moves::Moment,
    users,
};

/// The shipped roles.
pub const ADMIN: i64 = 1;
pub const MANAGER: i64 = 2;
pub const AGENT: i64 = 3;

/// Shipped statuses that the rules don't know by name.
pub const INTERESTED: i64 = 5;
pub const BUSY: i64 = 7;
pub const NOT_PICKED: i64 = 8;
pub const MISSED: i64 = 9;

/// The tests' present, in unix ms.
pub const NOW: i64 = 1_778_470_200_000;

/// The moment of snapshots: what agents received in thirty days before counts.
pub const AT: Moment = Moment { now: NOW, fair_since: NOW - 30 * 24 * 60 * 60 * 1000 };

/// Knuth's MMIX generator: the same numbers everywhere.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit as u64) as i64
    }
}

pub async fn read(db: &Db) -> Tx {
    db.read().await.expect("reads")
}

pub async fn write(db: &Db) -> Tx {
    db.write().await.expect("writes")
}

/// Runs one statement of the test's own; gives the rows it changed.
pub async fn execute(tx: &mut Tx, sql: impl Into<String>) -> Result<u64> {
    let sql = AssertSqlSafe(sql.into());
    Ok(on!(tx, conn => sqlx::query(sql).execute(conn).await?.rows_affected()))
}

/// The one number that `sql` selects.
pub async fn number(tx: &mut Tx, sql: impl Into<String>) -> i64 {
    let sql = AssertSqlSafe(sql.into());
    on!(tx, conn => sqlx::query_scalar(sql).fetch_one(conn).await.expect("one number"))
}

/// The texts that `sql` selects.
pub async fn texts(tx: &mut Tx, sql: impl Into<String>) -> Vec<String> {
    let sql = AssertSqlSafe(sql.into());
    on!(tx, conn => sqlx::query_scalar(sql).fetch_all(conn).await.expect("texts"))
}

/// What the database refuses: the statement runs in a transaction of its own, which is rolled back.
pub async fn refuses(db: &Db, sql: &str) -> bool {
    let refused = execute(&mut write(db).await, sql).await;
    match refused {
        Ok(_) => false,
        Err(crate::Error::Sqlx(sqlx::Error::Database(e))) => {
            let said = e.message();
            assert!(!said.contains("syntax"), "{sql}: {said}");
            assert!(!said.contains("no such") && !said.contains("does not exist"), "{sql}: {said}");
            true
        }
        Err(e) => panic!("{sql}: {e}"),
    }
}

pub async fn user(tx: &mut Tx, name: &str, role: i64, cap: i64) -> i64 {
    let new = NewUser::new(name, &format!("{}@example.com", name.to_lowercase()), cap).expect("valid");
    users::add(tx, &new, role, "no hash", NOW).await.expect("added")
}

pub async fn agent(tx: &mut Tx, name: &str, cap: i64) -> i64 {
    user(tx, name, AGENT, cap).await
}

/// A lead as it came to `status`, an hour and `id` ms ago.
pub fn lead(id: i64, status: i64, owner: Option<i64>) -> DemoLead {
    let since = NOW - 3_600_000 - id;
    DemoLead {
        id,
        first_name: format!("Lead {id}"),
        last_name: String::new(),
        phone: format!("+9190{id:08}"),
        email: String::new(),
        tag: if id % 2 == 0 { "even".to_owned() } else { "odd".to_owned() },
        status,
        since,
        owner,
        created_at: since - 86_400_000,
        assigned_at: owner.map(|_| since - 1_000),
    }
}

pub async fn add_leads(tx: &mut Tx, leads: &[DemoLead]) {
    demo::add_leads(tx, leads).await.expect("added");
}

pub fn incoming(first_name: &str, phone: &str, tags: &str) -> Incoming {
    let lead = NewLead::new(first_name, "", phone.to_owned(), "", tags).expect("valid");
    Incoming { lead, status: UNASSIGNED, why: format!("{first_name} came in") }
}

/// A lead's row.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LeadRow {
    pub id: i64,
    pub status_id: i64,
    pub status_since: i64,
    pub owner_id: Option<i64>,
    pub assigned_at: Option<i64>,
    pub last_owner_id: Option<i64>,
    pub converted_at: Option<i64>,
    pub version: i64,
}

pub async fn lead_rows(tx: &mut Tx) -> Vec<LeadRow> {
    on!(tx, conn => {
        sqlx::query_as(
            "SELECT id, status_id, status_since, owner_id, assigned_at, last_owner_id, converted_at, version \
             FROM leads ORDER BY id",
        )
        .fetch_all(conn)
        .await
        .expect("leads")
    })
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct EventRow {
    pub lead_id: i64,
    pub at: i64,
    pub actor_id: Option<i64>,
    pub run_id: Option<i64>,
    pub from_status_id: Option<i64>,
    pub to_status_id: i64,
    pub from_owner_id: Option<i64>,
    pub to_owner_id: Option<i64>,
    pub why: String,
}

/// The events, a lead's in their order.
pub async fn event_rows(tx: &mut Tx) -> Vec<EventRow> {
    on!(tx, conn => {
        sqlx::query_as(
            "SELECT lead_id, at, actor_id, run_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why \
             FROM lead_events ORDER BY lead_id, id",
        )
        .fetch_all(conn)
        .await
        .expect("events")
    })
}

/// Looks whether the words of all leads say of customers what their rows do.
pub async fn assert_customers_are_marked(tx: &mut Tx) {
    let agents = (1..=12).map(|agent| (Customers::ConvertedBy(agent), format!("converter_id = {agent}")));
    for (customers, rows) in agents.chain([(Customers::All, "TRUE".to_owned())]) {
        let expected = format!("SELECT CAST(id AS TEXT) FROM leads WHERE status_id = 4 AND {rows} ORDER BY leads.id");
        assert_eq!(marked(tx, customers).await, texts(tx, expected).await, "{customers:?}");
    }
}

/// The leads, by id, whose words have the mark of these customers.
pub async fn marked(tx: &mut Tx, customers: Customers) -> Vec<String> {
    let mark = search::mark(customers);
    let sql = match tx {
        Tx::Sqlite(_) => {
            format!("SELECT CAST(rowid AS TEXT) FROM lead_words WHERE lead_words MATCH '\"{mark}\"' ORDER BY rowid")
        }
        Tx::Postgres(_) => format!(
            "SELECT CAST(lead_id AS TEXT) FROM lead_words WHERE words @@ CAST('''{mark}''' AS tsquery) ORDER BY lead_words.lead_id"
        ),
    };
    texts(tx, sql).await
}

/// The rules that the database breaks.
pub async fn broken_rules(tx: &mut Tx) -> Vec<&'static str> {
    let findings = crate::check::run(tx).await.expect("checks");
    findings.into_iter().filter(|finding| finding.broken > 0).map(|finding| finding.rule).collect()
}

/// Until `other` has ended, or waits for what somebody else holds; on SQLite, where one writes at a time, at once.
pub async fn until_held_up<T>(db: &Db, other: &tokio::task::JoinHandle<T>) {
    if matches!(db, Db::Sqlite { .. }) {
        return;
    }
    let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN \
                     (SELECT pid FROM pg_stat_activity WHERE datname = current_database())";
    while !other.is_finished() && number(&mut read(db).await, waiting).await == 0 {
        tokio::task::yield_now().await;
    }
}
