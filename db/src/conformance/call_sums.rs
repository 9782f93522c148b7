//! What is counted of calls, held against the calls themselves.

use calliyo_domain::{
    call::{CallStatus, Direction, Record},
    status::ASSIGNED,
};

use super::{calls::held, fixtures::*};
use crate::{Db, Tx, call_sums, calls, corrections, last_calls, lead_changes::Cause};

on_both!(
    sums_are_those_of_the_calls_whatever_happens_to_them,
    counting_anew_changes_nothing,
    calls_from_before_the_sums_are_counted
);

const QUARTER: i64 = 900_000;

fn record(n: i64) -> Record {
    Record {
        status: CallStatus::ALL[(n % 7) as usize],
        direction: if n % 3 == 0 { Direction::Incoming } else { Direction::Outgoing },
        duration_seconds: n * 37 % 5 * 400,
        note: String::new(),
    }
}

async fn log(tx: &mut Tx, agent: i64, n: i64) -> i64 {
    let before = held(tx, 1).await;
    let at = NOW + n * 7 * 60_000;
    let cause = Cause { actor: agent, at, why: "Call logged" };
    crate::lead_changes::change(tx, &before, &before.state(), cause).await.expect("changes");
    let id = calls::add(tx, 1, agent, at, &record(n)).await.expect("adds");
    last_calls::remember(tx, agent, id, &before, at, "").await.expect("remembers");
    id
}

async fn correct(tx: &mut Tx, id: i64, n: i64) {
    let call = corrections::hold(tx, id).await.expect("reads").expect("there");
    let right = record(n);
    let began = call.started_at - (right.duration_seconds - call.says.duration_seconds) * 1000;
    corrections::add(tx, &call, &right, began, call.agent_id, NOW).await.expect("corrects");
}

async fn undo(tx: &mut Tx, agent: i64) {
    let last = last_calls::of(tx, agent).await.expect("reads").expect("logged");
    let lead = held(tx, 1).await;
    let cause = Cause { actor: agent, at: NOW, why: "Call undone" };
    assert!(last_calls::undo(tx, &last, &lead, cause).await.expect("undoes"));
}

/// What is counted, told apart by all that it is counted by.
async fn counted(tx: &mut Tx) -> Vec<String> {
    texts(
        tx,
        "SELECT agent_id || ' ' || quarter || ' ' || called || ' ' || busy || ' ' || no_answer || ' ' || missed || ' ' || \
           in_progress || ' ' || follow_up || ' ' || rescheduled || ' ' || outgoing || ' ' || connected || ' ' || \
           talk_seconds || ' ' || incoming FROM call_sums WHERE outgoing + incoming > 0 ORDER BY agent_id, quarter",
    )
    .await
}

/// Two agents who log calls, put every third of them right and undo every fifth.
async fn a_busy_day(tx: &mut Tx) {
    let agents = [agent(tx, "Asha", 9).await, agent(tx, "Bela", 9).await];
    add_leads(tx, &[lead(1, ASSIGNED, Some(agents[0]))]).await;
    for n in 0..60 {
        let agent = agents[(n % 2) as usize];
        let id = log(tx, agent, n).await;
        if n % 3 == 1 {
            correct(tx, id, n + 5).await;
        }
        if n % 5 == 2 {
            undo(tx, agent).await;
        }
        assert_eq!(broken_rules(tx).await, Vec::<&str>::new(), "after {n}");
    }
}

async fn sums_are_those_of_the_calls_whatever_happens_to_them(db: &Db) {
    let mut tx = write(db).await;
    a_busy_day(&mut tx).await;
    assert!(counted(&mut tx).await.len() > 20);
    let counts = "SELECT CAST(sum(outgoing + incoming) AS BIGINT) FROM call_sums";
    assert_eq!(number(&mut tx, counts).await, 48, "12 of 60 were undone");
    let from = NOW - NOW % QUARTER;
    let sql = format!(
        "SELECT count(*) FROM calls WHERE agent_id = 1 AND direction = 'outgoing' AND undone_at IS NULL AND started_at >= {from}"
    );
    let outgoing = number(&mut tx, sql).await;
    assert_eq!(call_sums::outgoing(&mut tx, 1, from, i64::MAX).await.expect("counts"), outgoing);
}

async fn counting_anew_changes_nothing(db: &Db) {
    let mut tx = write(db).await;
    a_busy_day(&mut tx).await;
    let before = counted(&mut tx).await;
    call_sums::recount(&mut tx).await.expect("counts");
    assert_eq!(counted(&mut tx).await, before);
}

/// A database of the first version, with calls in it.
async fn calls_from_before_the_sums_are_counted(db: &Db) {
    let mut tx = write(db).await;
    a_busy_day(&mut tx).await;
    let before = counted(&mut tx).await;
    for sql in [
        "DROP TABLE call_sums",
        "CREATE INDEX calls_agent ON calls (agent_id)",
        "CREATE INDEX calls_started ON calls (started_at)",
        "DELETE FROM _sqlx_migrations WHERE version = 2",
    ] {
        execute(&mut tx, sql).await.expect(sql);
    }
    tx.commit().await.expect("commits");
    db.migrate().await.expect("migrates");
    assert_eq!(counted(&mut read(db).await).await, before);
}
