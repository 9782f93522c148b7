use calliyo_domain::job::AgentShare;
use sqlx::FromRow;

use super::Run;
use crate::{Result, Tx};

/// An agent's share of a run, with the agent's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub name: String,
    pub share: AgentShare,
}

#[derive(Clone, Debug, FromRow)]
pub(crate) struct ShareRow {
    run_id: i64,
    name: String,
    agent_id: i64,
    before: i64,
    given: i64,
    taken: i64,
    after: i64,
    cap: i64,
}

macro_rules! select_shares {
    ($where:literal) => {
        concat!(
            "SELECT a.run_id, u.name, a.agent_id, a.before, a.given, a.taken, a.after, a.cap ",
            "FROM run_agents a JOIN users u ON u.id = a.agent_id WHERE ",
            $where,
            " ORDER BY a.run_id, a.agent_id"
        )
    };
}

/// What a run did to each agent's queue, by agent.
pub async fn shares(tx: &mut Tx, run: i64) -> Result<Vec<Share>> {
    if let Some(memo) = tx.memo()
        && let Some(runs) = memo.0.runs.get()
        && runs.iter().any(|known| known.id == run && !known.is_open())
    {
        let all = memo.0.shares.get_or_try_init(|| of_runs(tx, runs)).await?;
        return Ok(all.iter().filter(|row| row.run_id == run).cloned().map(ShareRow::into_share).collect());
    }
    let rows: Vec<ShareRow> = on!(tx, conn => {
        sqlx::query_as(select_shares!("a.run_id = $1")).bind(run).fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(ShareRow::into_share).collect())
}

/// Of the daily jobs' last runs; those that are open have no shares yet.
async fn of_runs(tx: &mut Tx, runs: &[Run]) -> Result<Vec<ShareRow>> {
    let mut ended = runs.iter().filter(|run| !run.is_open()).map(|run| run.id);
    let [first, second, third] = [ended.next(), ended.next(), ended.next()];
    Ok(on!(tx, conn => {
        sqlx::query_as(select_shares!("a.run_id IN ($1, $2, $3)"))
            .bind(first)
            .bind(second)
            .bind(third)
            .fetch_all(conn)
            .await?
    }))
}

impl ShareRow {
    fn into_share(self) -> Share {
        Share {
            name: self.name,
            share: AgentShare {
                agent: self.agent_id,
                before: self.before,
                given: self.given,
                taken: self.taken,
                after: self.after,
                cap: self.cap,
            },
        }
    }
}
