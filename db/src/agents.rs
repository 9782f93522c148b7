//! Agents and the load on their queues.

use sqlx::FromRow;

use crate::{Result, Tx};

/// Who may own leads, with the load and the cap.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AgentLoad {
    pub id: i64,
    pub name: String,
    pub cap: i64,
    /// Owned leads whose status is on the queue.
    pub load: i64,
}

macro_rules! select_agents {
    ($end:literal) => {
        concat!(
            "SELECT u.id, u.name, u.lead_cap AS cap, (SELECT count(*) FROM leads l ",
            "JOIN statuses s ON s.id = l.status_id AND s.on_queue WHERE l.owner_id = u.id) AS load ",
            "FROM users u JOIN roles r ON r.id = u.role_id AND r.tasks ",
            $end
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

pub(crate) const LIST: &str = select_agents!("ORDER BY u.name, u.id");
pub(crate) const UNBANNED: &str = select_agents!("WHERE NOT u.banned ORDER BY u.name, u.id");

/// All agents (users whose role has `tasks`), by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<AgentLoad>> {
    Ok(on!(tx, conn => sqlx::query_as(LIST).fetch_all(conn).await?))
}

/// The agents who may be given a lead by hand, by name: not banned, and with room.
pub async fn with_room(tx: &mut Tx) -> Result<Vec<AgentLoad>> {
    let agents: Vec<AgentLoad> = on!(tx, conn => sqlx::query_as(UNBANNED).fetch_all(conn).await?);
    Ok(agents.into_iter().filter(AgentLoad::has_room).collect())
}

/// This agent, whom nobody else gives a lead until the transaction ends; nothing where they are banned or no agent.
/// Take it before any lead, as runs do.
pub async fn hold(tx: &mut Tx, id: i64) -> Result<Option<AgentLoad>> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE").bind(id).execute(&mut **tx).await?;
    }
    let sql = select_agents!("WHERE u.id = $1 AND NOT u.banned");
    Ok(on!(tx, conn => sqlx::query_as(sql).bind(id).fetch_optional(conn).await?))
}
