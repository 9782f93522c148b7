//! What a lead's timeline is made of, newest first.

use calliyo_domain::{
    call::{CallStatus, Direction, Record},
    job::Job,
    status::{ASSIGNED, FOLLOWUPS},
};

use super::{apply::claimed, fixtures::*};
use crate::{Db, calls, follow_ups, lead_changes};

on_both!(
    events_stand_by_their_time,
    events_name_the_job_as_long_as_its_run_is_kept,
    calls_stand_where_they_ended,
    follow_ups_are_called_off,
);

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const CALL: Record =
    Record { status: CallStatus::Called, direction: Direction::Outgoing, duration_seconds: 0, note: String::new() };

/// Servers' clocks may differ.
async fn events_stand_by_their_time(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    for (at, why) in [(NOW, "first"), (NOW - 1, "by a clock that is behind"), (NOW, "third")] {
        let event = format!("INSERT INTO lead_events (lead_id, at, to_status_id, why) VALUES (1, {at}, 2, '{why}')");
        execute(&mut tx, event).await.expect("adds");
    }
    let events = lead_changes::events(&mut tx, 1, 3).await.expect("reads");
    let seen: Vec<_> = events.iter().map(|event| event.why.as_str()).collect();
    assert_eq!(seen, ["third", "first", "by a clock that is behind"]);
}

async fn events_name_the_job_as_long_as_its_run_is_kept(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    let (run, _) = claimed(&mut tx).await;
    for run in [run, run + 99] {
        let event = format!(
            "INSERT INTO lead_events (lead_id, at, run_id, from_status_id, to_status_id, why) VALUES (1, {NOW}, {run}, 2, 2, 'x')"
        );
        execute(&mut tx, event).await.expect("adds");
    }
    let events = lead_changes::events(&mut tx, 1, 2).await.expect("reads");
    let seen: Vec<_> = events.iter().map(|event| (event.run_id, event.job.as_deref())).collect();
    assert_eq!(seen, [(Some(run + 99), None), (Some(run), Some(Job::AutoAssignment.key()))]);
}

async fn calls_stand_where_they_ended(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    let mut ids = Vec::new();
    for (began, duration_seconds) in [(NOW - HOUR, 3_600), (NOW - 2, 0), (NOW - 1, 0)] {
        let call = Record { duration_seconds, ..CALL };
        ids.push(calls::add(&mut tx, 1, asha, began, &call).await.expect("adds"));
    }
    let newest = calls::of_lead(&mut tx, 1, 2).await.expect("reads");
    let seen: Vec<_> = newest.iter().map(|call| (call.id, call.ended_at())).collect();
    assert_eq!(seen, [(ids[0], NOW), (ids[2], NOW - 1)], "the long one began first and ended last");
}

async fn follow_ups_are_called_off(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, FOLLOWUPS, Some(asha)), lead(2, FOLLOWUPS, Some(asha))]).await;
    for (lead, due) in [(1, NOW + DAY), (1, NOW - DAY), (1, NOW - 1), (2, NOW)] {
        follow_ups::add(&mut tx, lead, asha, due, NOW - 2 * DAY, None).await.expect("adds");
    }
    let call = calls::add(&mut tx, 1, asha, NOW, &CALL).await.expect("adds");
    follow_ups::resolve(&mut tx, 1, NOW - 1, NOW, call).await.expect("resolves");
    assert_eq!(follow_ups::open(&mut tx, 1).await.expect("reads"), [NOW - 1, NOW + DAY]);
    follow_ups::call_off(&mut tx, 1, asha, NOW + 1).await.expect("calls off");
    assert_eq!(follow_ups::open(&mut tx, 1).await.expect("reads"), [0; 0]);
    let of_lead = follow_ups::of_lead(&mut tx, 1, 9).await.expect("reads");
    let seen: Vec<_> = of_lead.iter().map(|f| (f.due_at - NOW, f.resolved_at, f.resolved_by, f.taken_back)).collect();
    let off = |due| (due, Some(NOW + 1), None, false);
    let by: Vec<_> = of_lead.iter().map(|f| f.called_off_by.as_deref()).collect();
    assert_eq!(by, [Some("Asha"), None, Some("Asha")]);
    assert_eq!(seen, [off(-1), (-DAY, Some(NOW), Some(call), false), off(DAY)]);
    assert_eq!(follow_ups::open(&mut tx, 2).await.expect("reads"), [NOW], "another lead's stays");
}
