//! The team's day: what each agent did and has to do, and what runs moved.

use calliyo_domain::{job::Job, report::quarter, visibility::Customers};
use sqlx::FromRow;

use crate::{Error, Result, Tx, tasks::Today, visible::converter};

/// An agent's day.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AgentDay {
    pub id: i64,
    pub name: String,
    pub banned: bool,
    /// Whether they receive leads: off for those on leave.
    pub receiving: bool,
    pub cap: i64,
    /// Leads on the queue.
    pub load: i64,
    /// Outgoing calls today.
    pub calls: i64,
    /// Those of them that somebody answered.
    pub connected: i64,
    /// Open follow-ups whose time is still to come today.
    pub due: i64,
    /// Open follow-ups whose time has passed.
    pub overdue: i64,
}

// The owners of leads that are due are looked up one by one: a join may read all leads.
pub(crate) const TEAM: &str = concat!(
    "SELECT u.id, u.name, u.banned, u.receiving, u.lead_cap AS cap, ",
    load!(),
    ", coalesce(t.calls, 0) AS calls, coalesce(t.connected, 0) AS connected, \
       coalesce(o.due, 0) AS due, coalesce(o.overdue, 0) AS overdue \
     FROM users u JOIN roles r ON r.id = u.role_id AND r.tasks \
       LEFT JOIN (SELECT k.agent_id, CAST(sum(k.outgoing) AS BIGINT) AS calls, CAST(sum(k.connected) AS BIGINT) AS connected \
                  FROM call_sums k WHERE k.quarter >= $1 AND k.quarter < $4 GROUP BY k.agent_id) AS t ON t.agent_id = u.id \
       LEFT JOIN (SELECT owner_id, count(*) FILTER (WHERE due_at >= $3) AS due, count(*) FILTER (WHERE due_at < $3) AS overdue \
                  FROM (SELECT f.due_at, (SELECT l.owner_id FROM leads l WHERE l.id = f.lead_id \
                            AND ",
    visible!("$5"),
    ") AS owner_id FROM follow_ups f \
                        WHERE f.resolved_at IS NULL AND f.due_at < $2) AS agreed GROUP BY owner_id) AS o ON o.owner_id = u.id \
     ORDER BY u.name_order, u.id"
);

/// All agents, by name; follow-ups of customers count as far as they are `visible`.
pub async fn day(tx: &mut Tx, visible: Customers, today: Today) -> Result<Vec<AgentDay>> {
    let converter = converter(visible);
    Ok(on!(tx, conn => {
        let (begins, ends) = (quarter(today.begins), quarter(today.ends));
        sqlx::query_as(TEAM).bind(begins).bind(today.ends).bind(today.now).bind(ends).bind(converter).fetch_all(conn).await?
    }))
}

/// What a run did to one agent's queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub run: i64,
    pub job: Job,
    /// Unix ms.
    pub finished_at: i64,
    pub brought: i64,
    pub took: i64,
}

#[derive(FromRow)]
struct MovedRow {
    run: i64,
    job: String,
    finished_at: i64,
    brought: i64,
    took: i64,
}

// Who only lost leads has no share in a job that gives: what was taken is counted from the events.
pub(crate) const MOVED: &str = "SELECT r.id AS run, r.job, r.finished_at, coalesce(a.given, 0) AS brought, \
       (SELECT count(*) FROM lead_events e WHERE e.from_owner_id = $1 AND e.run_id = r.id) AS took \
     FROM runs r LEFT JOIN run_agents a ON a.run_id = r.id AND a.agent_id = $1 \
     WHERE r.state = 'done' AND r.finished_at >= $2 ORDER BY r.finished_at, r.id";

/// What runs that ended since `since` (unix ms) brought `agent` and took; runs that did neither left out.
pub async fn moved(tx: &mut Tx, agent: i64, since: i64) -> Result<Vec<Moved>> {
    let rows: Vec<MovedRow> = on!(tx, conn => sqlx::query_as(MOVED).bind(agent).bind(since).fetch_all(conn).await?);
    let touched = rows.into_iter().filter(|row| row.brought > 0 || row.took > 0);
    touched
        .map(|row| {
            let MovedRow { run, job, finished_at, brought, took } = row;
            let job = Job::from_key(&job).ok_or(Error::Unknown { what: "job", key: job })?;
            Ok(Moved { run, job, finished_at, brought, took })
        })
        .collect()
}
