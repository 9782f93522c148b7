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

pub(crate) const LIST: &str = "SELECT u.id, u.name, u.lead_cap AS cap, \
       (SELECT count(*) FROM leads l JOIN statuses s ON s.id = l.status_id AND s.on_queue WHERE l.owner_id = u.id) AS load \
     FROM users u JOIN roles r ON r.id = u.role_id AND r.tasks ORDER BY u.name, u.id";

/// All agents (users whose role has `tasks`), by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<AgentLoad>> {
    Ok(on!(tx, conn => sqlx::query_as(LIST).fetch_all(conn).await?))
}
