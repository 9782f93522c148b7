//! What is counted of an agent's calls, undone ones aside, by the quarter of an hour in which they began. Days and hours
//! of any zone are sums of quarters, so that a change of the zone changes nothing here.

use calliyo_domain::{
    call::{CallStatus, Direction, Record},
    report::quarter,
};

use crate::{Result, Tx};

macro_rules! columns {
    () => {
        "agent_id, quarter, called, busy, no_answer, missed, in_progress, follow_up, rescheduled, connected, talk_seconds, incoming"
    };
}

/// Counts a call that began at `started_at` (unix ms).
pub(crate) async fn count(tx: &mut Tx, agent: i64, started_at: i64, call: &Record) -> Result<()> {
    add(tx, agent, started_at, call, 1).await
}

/// Counts it no more.
pub(crate) async fn discount(tx: &mut Tx, agent: i64, started_at: i64, call: &Record) -> Result<()> {
    add(tx, agent, started_at, call, -1).await
}

const ADD: &str = concat!(
    "INSERT INTO call_sums (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
     ON CONFLICT (quarter, agent_id) DO UPDATE SET called = call_sums.called + excluded.called, \
       busy = call_sums.busy + excluded.busy, no_answer = call_sums.no_answer + excluded.no_answer, \
       missed = call_sums.missed + excluded.missed, in_progress = call_sums.in_progress + excluded.in_progress, \
       follow_up = call_sums.follow_up + excluded.follow_up, rescheduled = call_sums.rescheduled + excluded.rescheduled, \
       connected = call_sums.connected + excluded.connected, talk_seconds = call_sums.talk_seconds + excluded.talk_seconds, \
       incoming = call_sums.incoming + excluded.incoming"
);

async fn add(tx: &mut Tx, agent: i64, started_at: i64, call: &Record, calls: i64) -> Result<()> {
    let outgoing = calls * i64::from(call.direction == Direction::Outgoing);
    let connected = outgoing * i64::from(call.duration_seconds > 0);
    on!(tx, conn => {
        let mut query = sqlx::query(ADD).bind(agent).bind(quarter(started_at));
        for status in CallStatus::ALL {
            query = query.bind(outgoing * i64::from(status == call.status));
        }
        query
            .bind(connected)
            .bind(outgoing * call.duration_seconds)
            .bind(calls - outgoing)
            .execute(conn)
            .await?;
    });
    Ok(())
}

pub(crate) const OUTGOING: &str = "SELECT CAST(coalesce(sum(s.outgoing), 0) AS BIGINT) FROM call_sums s \
     WHERE s.agent_id = $1 AND s.quarter >= $2 AND s.quarter < $3";

/// The calls of an agent that count toward the daily call target: outgoing ones that began between `from` and before
/// `until` (unix ms, the ends of company days), whatever their outcome.
pub async fn outgoing(tx: &mut Tx, agent: i64, from: i64, until: i64) -> Result<i64> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(OUTGOING).bind(agent).bind(quarter(from)).bind(quarter(until)).fetch_one(conn).await?
    }))
}

/// The sums as the calls give them.
macro_rules! of_calls {
    () => {
        "SELECT c.agent_id, c.started_at / 900000 AS quarter, \
           count(*) FILTER (WHERE c.direction = 'outgoing' AND c.status = 'called') AS called, \
           count(*) FILTER (WHERE c.direction = 'outgoing' AND c.status = 'busy') AS busy, \
           count(*) FILTER (WHERE c.direction = 'outgoing' AND c.status = 'no_answer') AS no_answer, \
           count(*) FILTER (WHERE c.direction = 'outgoing' AND c.status = 'missed') AS missed, \
           count(*) FILTER (WHERE c.direction = 'outgoing' AND c.status = 'in_progress') AS in_progress, \
           count(*) FILTER (WHERE c.direction = 'outgoing' AND c.status = 'follow_up') AS follow_up, \
           count(*) FILTER (WHERE c.direction = 'outgoing' AND c.status = 'rescheduled') AS rescheduled, \
           count(*) FILTER (WHERE c.direction = 'outgoing' AND c.duration_seconds > 0) AS connected, \
           coalesce(sum(c.duration_seconds) FILTER (WHERE c.direction = 'outgoing'), 0) AS talk_seconds, \
           count(*) FILTER (WHERE c.direction = 'incoming') AS incoming \
         FROM calls c WHERE c.undone_at IS NULL GROUP BY 1, 2"
    };
}

/// The agents whose sums are not those of their calls.
pub(crate) const DIFFERING: &str = concat!(
    "SELECT agent_id AS id FROM (SELECT ",
    columns!(),
    " FROM call_sums WHERE outgoing <> 0 OR incoming <> 0 OR connected <> 0 OR talk_seconds <> 0 EXCEPT ",
    of_calls!(),
    ") AS beside UNION SELECT agent_id FROM (",
    of_calls!(),
    " EXCEPT SELECT ",
    columns!(),
    " FROM call_sums) AS missing"
);

/// Counts all calls anew, for calls that were written in bulk. Whoever counts one meanwhile waits.
pub async fn recount(tx: &mut Tx) -> Result<()> {
    tx.lock("LOCK TABLE call_sums IN EXCLUSIVE MODE").await?;
    const COUNT: &str = concat!("INSERT INTO call_sums (", columns!(), ") ", of_calls!());
    for sql in ["DELETE FROM call_sums", COUNT] {
        on!(&mut *tx, conn => { sqlx::query(sql).execute(conn).await?; });
    }
    Ok(())
}
