use calliyo_domain::job::AgentShare;
use sqlx::FromRow;

use crate::{Result, Tx};

/// An agent's share of a run, with the agent's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub name: String,
    pub share: AgentShare,
}

#[derive(FromRow)]
struct ShareRow {
    name: String,
    agent_id: i64,
    before: i64,
    given: i64,
    taken: i64,
    after: i64,
    cap: i64,
}

/// What a run did to each agent's queue, by agent.
pub async fn shares(tx: &mut Tx, run: i64) -> Result<Vec<Share>> {
    let rows: Vec<ShareRow> = on!(tx, conn => {
        sqlx::query_as(
            "SELECT u.name, a.agent_id, a.before, a.given, a.taken, a.after, a.cap \
             FROM run_agents a JOIN users u ON u.id = a.agent_id WHERE a.run_id = $1 ORDER BY a.agent_id",
        )
        .bind(run)
        .fetch_all(conn)
        .await?
    });
    Ok(rows
        .into_iter()
        .map(|row| Share {
            name: row.name,
            share: AgentShare {
                agent: row.agent_id,
                before: row.before,
                given: row.given,
                taken: row.taken,
                after: row.after,
                cap: row.cap,
            },
        })
        .collect())
}
