//! Agents and the load on their queues.

use calliyo_domain::settings::Receivers;
use sqlx::FromRow;

use crate::{Result, Tx};

/// Who may own leads, or does, with the load and the cap.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AgentLoad {
    pub id: i64,
    pub name: String,
    pub cap: i64,
    /// Owned leads whose status is on the queue.
    pub load: i64,
    /// Whether they may be given leads: an agent, not banned, and not on leave.
    pub receives: bool,
}

/// Whether user `u` of role `r` may be given leads.
macro_rules! receives {
    () => {
        "r.tasks AND u.receiving AND NOT u.banned"
    };
}

macro_rules! select_agents {
    ($($end:expr),+) => {
        concat!(
            "SELECT u.id, u.name, u.lead_cap AS cap, ",
            load!(),
            ", ",
            receives!(),
            " AS receives FROM users u JOIN roles r ON r.id = u.role_id ",
            $($end),+
        )
    };
}

impl AgentLoad {
    /// Whether the queue holds fewer leads than it may.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.load < self.cap
    }
}

pub(crate) const LIST: &str = select_agents!("WHERE r.tasks ORDER BY u.name_order, u.id");

/// All agents (users whose role has `tasks`), by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<AgentLoad>> {
    Ok(on!(tx, conn => sqlx::query_as(LIST).fetch_all(conn).await?))
}

// User by user, for the first owner from this one on: an index gives it at once. For what exists somewhere, PostgreSQL
// may go through all leads where there is nothing.
pub(crate) const OWNERS: &str = select_agents!(
    "WHERE r.tasks OR (SELECT min(o.owner_id) FROM leads o WHERE o.owner_id >= u.id) = u.id ORDER BY u.name_order, u.id"
);

/// All agents, and whoever else owns leads (a role that lost `tasks` keeps them), by name.
pub async fn owners(tx: &mut Tx) -> Result<Vec<AgentLoad>> {
    Ok(on!(tx, conn => sqlx::query_as(OWNERS).fetch_all(conn).await?))
}

/// The agents who may be given leads by hand, by name; those whose queue is full among them.
pub async fn receiving(tx: &mut Tx) -> Result<Vec<AgentLoad>> {
    let sql = select_agents!("WHERE ", receives!(), " ORDER BY u.name_order, u.id");
    Ok(on!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await?))
}

/// Those of them whose queue isn't full.
pub async fn with_room(tx: &mut Tx) -> Result<Vec<AgentLoad>> {
    let sql = concat!(
        "SELECT a.id, a.name, a.cap, a.load, a.receives FROM (",
        select_agents!("WHERE ", receives!()),
        ") AS a JOIN users u ON u.id = a.id WHERE a.load < a.cap ORDER BY u.name_order, u.id"
    );
    Ok(on!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await?))
}

/// How many agents the jobs give leads to, and how many of them have room.
pub async fn count_receivers(tx: &mut Tx) -> Result<Receivers> {
    match tx.memo() {
        Some(memo) => Ok(*memo.0.receivers.get_or_try_init(|| counted(tx)).await?),
        None => counted(tx).await,
    }
}

async fn counted(tx: &mut Tx) -> Result<Receivers> {
    let sql = concat!(
        "SELECT count(*), count(*) FILTER (WHERE load < cap) FROM (",
        select_agents!("WHERE ", receives!()),
        ") AS receivers"
    );
    let (agents, with_room): (i64, i64) = on!(tx, conn => sqlx::query_as(sql).fetch_one(conn).await?);
    Ok(Receivers { agents: agents.unsigned_abs(), with_room: with_room.unsigned_abs() })
}

/// This agent, whom nobody else gives a lead until the transaction ends; nothing where they receive none.
/// Take it before any lead, as runs do.
pub async fn hold(tx: &mut Tx, id: i64) -> Result<Option<AgentLoad>> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE").bind(id).execute(&mut **tx).await?;
    }
    let sql = select_agents!("WHERE u.id = $1 AND ", receives!());
    Ok(on!(tx, conn => sqlx::query_as(sql).bind(id).fetch_optional(conn).await?))
}
