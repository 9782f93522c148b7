use calliyo_domain::{
    call::{CallStatus, Direction, RETRY_AFTER, Record},
    due::Due,
    search::Search,
    status::{ASSIGNED, FOLLOWUPS},
};

use super::fixtures::*;
use crate::{
    Db, Tx, calls, follow_ups,
    statuses::StatusCount,
    tasks::{self, Place, TaskFilter, Today},
};

on_both!(
    tasks_in_order_and_by_page,
    tasks_that_are_asked_for,
    tasks_next_is_who_is_due_then_who_waits_then_who_was_not_reached,
    tasks_by_status
);

const DAY: i64 = 86_400_000;
const TODAY: Today = Today { begins: NOW - 1000, now: NOW, ends: NOW + 1000 };

/// Leads 1 to 5 wait (5 the longest), 6 has a follow-up in an hour, 7 on a later day, 8 overdue; 9 is off the queue.
async fn a_queue(tx: &mut Tx) -> i64 {
    let asha = agent(tx, "Asha", 20).await;
    let bela = agent(tx, "Bela", 20).await;
    let mut leads: Vec<_> = (1..=5).map(|id| lead(id, if id % 2 == 0 { BUSY } else { ASSIGNED }, Some(asha))).collect();
    leads.extend((6..=8).map(|id| lead(id, FOLLOWUPS, Some(asha))));
    leads.extend([lead(9, INTERESTED, Some(asha)), lead(10, ASSIGNED, Some(bela))]);
    add_leads(tx, &leads).await;
    for (lead, due) in [(6, NOW + 500), (7, NOW + DAY), (8, NOW - DAY), (8, NOW + DAY)] {
        follow_ups::add(tx, lead, asha, due, 1, None).await.expect("adds");
    }
    asha
}

async fn page(tx: &mut Tx, owner: i64, after: Place, limit: i64) -> Vec<tasks::Task> {
    tasks::page(tx, owner, TODAY, &TaskFilter::default(), after, limit).await.expect("reads")
}

async fn tasks_that_are_asked_for(db: &Db) {
    let mut tx = write(db).await;
    let asha = a_queue(&mut tx).await;
    let any = TaskFilter::default;
    for (filter, expected) in [
        (any(), vec![8, 6, 5, 4, 3, 2, 1, 7]),
        (TaskFilter { status: Some(BUSY), ..any() }, vec![4, 2]),
        (TaskFilter { status: Some(INTERESTED), ..any() }, vec![]),
        (TaskFilter { due: Due::Today, ..any() }, vec![8, 6]),
        (TaskFilter { due: Due::Overdue, ..any() }, vec![8]),
        (TaskFilter { due: Due::Open, ..any() }, vec![5, 4, 3, 2, 1]),
        (TaskFilter { due: Due::Later, ..any() }, vec![7]),
        (TaskFilter { search: Search::of("LEA"), ..any() }, vec![8, 6, 5, 4, 3, 2, 1, 7]),
        (TaskFilter { search: Search::of("other"), ..any() }, vec![]),
        (TaskFilter { search: Search::of("%"), ..any() }, vec![]),
        (TaskFilter { status: Some(BUSY), due: Due::Open, search: Search::of("lead") }, vec![4, 2]),
        (TaskFilter { status: Some(BUSY), due: Due::Overdue, search: Search::of("lead") }, vec![]),
    ] {
        let all = tasks::page(&mut tx, asha, TODAY, &filter, Place::START, 50).await.expect("reads");
        let ids: Vec<_> = all.iter().map(|task| task.id).collect();
        assert_eq!(ids, expected, "{filter:?}");
        let after = all.first().map_or(Place::START, |task| task.place(TODAY));
        let rest = tasks::page(&mut tx, asha, TODAY, &filter, after, 50).await.expect("reads");
        assert_eq!(rest.len(), ids.len().saturating_sub(1), "{filter:?}, the next page");
    }
}

async fn tasks_in_order_and_by_page(db: &Db) {
    let mut tx = write(db).await;
    let asha = a_queue(&mut tx).await;
    let all = page(&mut tx, asha, Place::START, 50).await;
    let ids: Vec<_> = all.iter().map(|task| task.id).collect();
    assert_eq!(ids, [8, 6, 5, 4, 3, 2, 1, 7]);
    assert_eq!((all[0].due_at, all[2].due_at, all[2].status.as_str()), (Some(NOW - DAY), None, "Assigned"));
    let (mut paged, mut after) = (Vec::new(), Place::START);
    loop {
        let part = page(&mut tx, asha, after, 3).await;
        let Some(last) = part.last() else { break };
        after = last.place(TODAY);
        paged.extend(part.iter().map(|task| task.id));
    }
    assert_eq!(paged, ids);
}

async fn tasks_next_is_who_is_due_then_who_waits_then_who_was_not_reached(db: &Db) {
    let mut tx = write(db).await;
    let asha = a_queue(&mut tx).await;
    let call = Record {
        status: CallStatus::NoAnswer,
        direction: Direction::Outgoing,
        duration_seconds: 0,
        note: String::new(),
    };
    let next = async |tx: &mut Tx, besides| {
        tasks::next(tx, asha, TODAY, Some(besides)).await.expect("reads").map(|task| task.id)
    };
    assert_eq!(next(&mut tx, 0).await, Some(8));
    assert_eq!(next(&mut tx, 8).await, Some(5), "6 is agreed for later");
    calls::add(&mut tx, 5, asha, TODAY.begins - 1, &call).await.expect("adds");
    assert_eq!(next(&mut tx, 8).await, Some(5), "that was yesterday");
    let id = calls::add(&mut tx, 8, asha, TODAY.begins, &call).await.expect("adds");
    assert_eq!(next(&mut tx, 0).await, Some(8), "called today, and to be called again by now");
    follow_ups::resolve(&mut tx, 8, TODAY.ends, NOW, id).await.expect("resolves");
    for id in [5, 4, 3, 2] {
        calls::add(&mut tx, id, asha, TODAY.begins, &call).await.expect("adds");
    }
    assert_eq!(next(&mut tx, 0).await, Some(1));
    assert_eq!(next(&mut tx, 1).await, None);

    // The same day, an hour and more after those calls; 4 was reached.
    let later = Today { begins: TODAY.begins, now: TODAY.begins + RETRY_AFTER, ends: NOW + DAY / 2 };
    let reached = Record { status: CallStatus::Called, ..call.clone() };
    calls::add(&mut tx, 4, asha, NOW, &reached).await.expect("adds");
    calls::add(&mut tx, 2, asha, TODAY.begins - 2, &call).await.expect("adds");
    calls::add(&mut tx, 5, asha, TODAY.begins + 1, &call).await.expect("adds");
    let next =
        async |tx: &mut Tx, today| tasks::next(tx, asha, today, Some(6)).await.expect("reads").map(|task| task.id);
    assert_eq!(next(&mut tx, later).await, Some(1), "nobody called it yet");
    calls::add(&mut tx, 1, asha, NOW, &call).await.expect("adds");
    assert_eq!(next(&mut tx, later).await, Some(2), "the first of those not reached");
    let retry = async |tx: &mut Tx, today| tasks::next_retry(tx, asha, today).await.expect("reads");
    assert_eq!(retry(&mut tx, later).await, Some(TODAY.begins + 1 + RETRY_AFTER), "5; 2 may be called by now");
    let much_later = Today { now: later.now + DAY / 4, ..later };
    for id in [2, 3] {
        calls::add(&mut tx, id, asha, NOW + 1, &reached).await.expect("adds");
    }
    assert_eq!(next(&mut tx, much_later).await, Some(5), "its last try is the longest ago");
    for id in [1, 5] {
        calls::add(&mut tx, id, asha, NOW + 1, &reached).await.expect("adds");
    }
    assert_eq!(retry(&mut tx, later).await, None, "all were reached");
}

async fn tasks_by_status(db: &Db) {
    let mut tx = write(db).await;
    let asha = a_queue(&mut tx).await;
    let counts = tasks::by_status(&mut tx, asha).await.expect("reads");
    let seen: Vec<_> = counts.iter().map(|StatusCount { status, leads, .. }| (status.as_str(), *leads)).collect();
    assert_eq!(seen, [("Assigned", 3), ("Followups", 3), ("Busy", 2), ("Not Picked", 0), ("Missed", 0)]);
}
