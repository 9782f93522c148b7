//! The call that was logged last is undone.

use calliyo_domain::{
    call::{CallStatus, Direction, Record},
    report::Stretch,
    status::{ASSIGNED, CUSTOMER, FOLLOWUPS, UNASSIGNED},
    visibility::Customers,
};

use super::{calls::held, fixtures::*};
use crate::{
    Db, Tx, call_sums, calls, corrections, follow_ups,
    last_calls::{self, LastCall},
    lead_changes::{self, Cause, Held},
    reports,
    tasks::{self, Today},
    team,
};

on_both!(
    undoing_puts_everything_back,
    undoing_takes_follow_ups_back,
    undoing_leaves_what_was_called_off_before,
    an_undone_call_counts_nowhere,
    a_call_that_is_put_right_meanwhile_is_undone_as_it_is_then,
    only_the_last_call_is_undone,
    a_call_that_is_sent_again_is_known,
    undoing_gives_a_lead_back_to_who_owned_it,
    a_call_beside_the_lead_is_undone_by_itself,
);

const DAY: i64 = 86_400_000;

fn call() -> Record {
    Record { status: CallStatus::Called, direction: Direction::Outgoing, duration_seconds: 90, note: String::new() }
}

/// Logs a call of `agent` at `at` that gives the lead `status`.
async fn log(tx: &mut Tx, lead: i64, agent: i64, status: i64, at: i64) -> i64 {
    let before = held(tx, lead).await;
    let to = before.state().taking(status, at);
    lead_changes::change(tx, &before, &to, Cause { actor: agent, at, why: "Call logged" }).await.expect("changes");
    let id = calls::add(tx, lead, agent, at, &call()).await.expect("adds");
    last_calls::remember(tx, agent, id, &before, at, "").await.expect("remembers");
    id
}

async fn last(tx: &mut Tx, agent: i64) -> Option<LastCall> {
    last_calls::of(tx, agent).await.expect("reads")
}

async fn undo(tx: &mut Tx, last: &LastCall, actor: i64) -> bool {
    let lead = held(tx, last.lead_id).await;
    let cause = Cause { actor, at: NOW + 5, why: "Call undone" };
    last_calls::undo(tx, last, &lead, cause).await.expect("undoes")
}

async fn a_call_beside_the_lead_is_undone_by_itself(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    add_leads(&mut tx, &[lead(1, BUSY, Some(asha))]).await;
    let before = held(&mut tx, 1).await;
    let cause = Cause { actor: bela, at: NOW, why: "Changed by hand" };
    lead_changes::change(&mut tx, &before, &before.state().given_to(bela), cause).await.expect("changes");
    let theirs = held(&mut tx, 1).await;
    let id = calls::add(&mut tx, 1, asha, NOW, &call()).await.expect("adds");
    last_calls::remember_alone(&mut tx, asha, id, &theirs, NOW + 1, "").await.expect("remembers");
    let known = last(&mut tx, asha).await.expect("remembered");
    assert!(known.left_lead_alone());
    assert!(undo(&mut tx, &known, asha).await);
    assert_eq!(held(&mut tx, 1).await, theirs, "nothing of the lead is put back, its version neither");
    assert!(calls::by_id(&mut tx, id).await.expect("reads").expect("stays").undone_at.is_some());
}

async fn a_call_that_is_sent_again_is_known(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    add_leads(&mut tx, &[lead(1, BUSY, Some(asha))]).await;
    let call = log(&mut tx, 1, asha, BUSY, NOW).await;
    let sent = async |tx: &mut Tx, agent, once| last_calls::sent(tx, agent, once).await.expect("reads");
    assert_eq!(sent(&mut tx, asha, "").await, None, "it had no name");
    let before = held(&mut tx, 1).await;
    last_calls::remember(&mut tx, asha, call, &before, NOW, "f00").await.expect("remembers");
    assert_eq!(sent(&mut tx, asha, "f00").await, Some(call));
    for (agent, once) in [(asha, "f01"), (bela, "f00"), (asha, "")] {
        assert_eq!(sent(&mut tx, agent, once).await, None, "{agent} {once}");
    }
}

async fn undoing_puts_everything_back(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    let leads = [lead(1, ASSIGNED, Some(asha)), lead(2, CUSTOMER, Some(asha)), lead(3, BUSY, Some(asha))];
    add_leads(&mut tx, &leads).await;
    for (id, status) in [(1, CUSTOMER), (1, UNASSIGNED), (2, INTERESTED), (2, CUSTOMER), (3, INTERESTED)] {
        let (rows, before) = (lead_rows(&mut tx).await, held(&mut tx, id).await);
        let events = event_rows(&mut tx).await.len();
        log(&mut tx, id, asha, status, NOW).await;
        assert_customers_are_marked(&mut tx).await;
        let call = last(&mut tx, asha).await.expect("logged");
        assert_eq!(call.lead_version, held(&mut tx, id).await.version, "lead {id}");
        assert!(undo(&mut tx, &call, asha).await);
        let after = held(&mut tx, id).await;
        assert_eq!(lead_changes::Lead { version: before.version, ..after.clone() }, before, "lead {id}");
        assert!(after.version > before.version + 1, "a plan made meanwhile leaves it alone");
        let moved = if before.status_id == status { 0 } else { 2 };
        assert_eq!(event_rows(&mut tx).await.len(), events + moved, "events are added, never taken away");
        assert_eq!(lead_rows(&mut tx).await.len(), rows.len());
        assert_customers_are_marked(&mut tx).await;
        assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
    }
    let newest = lead_changes::events(&mut tx, 3, 1).await.expect("reads").remove(0);
    assert_eq!(
        (newest.from_status_id, newest.to_status_id, newest.why.as_str()),
        (Some(INTERESTED), BUSY, "Call undone")
    );
}

async fn undoing_takes_follow_ups_back(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, FOLLOWUPS, Some(asha))]).await;
    let earlier = follow_ups::add(&mut tx, 1, asha, NOW - DAY, 1, None).await.expect("adds");
    let resolver = log(&mut tx, 1, asha, FOLLOWUPS, NOW).await;
    follow_ups::resolve(&mut tx, 1, NOW, NOW, resolver).await.expect("resolves");
    let due = follow_ups::add(&mut tx, 1, asha, NOW - 5, NOW, Some(resolver)).await.expect("adds");
    let call = log(&mut tx, 1, asha, FOLLOWUPS, NOW).await;
    assert_eq!(follow_ups::resolve(&mut tx, 1, NOW, NOW, call).await.expect("resolves"), 1);
    let agreed = follow_ups::add(&mut tx, 1, asha, NOW + DAY, NOW, Some(call)).await.expect("adds");
    let last = last(&mut tx, asha).await.expect("logged");
    assert!(undo(&mut tx, &last, asha).await);
    let seen: Vec<_> = follow_ups::of_lead(&mut tx, 1, 9)
        .await
        .expect("reads")
        .iter()
        .map(|f| (f.id, f.resolved_at, f.taken_back))
        .collect();
    assert_eq!(seen, [(agreed, Some(NOW + 5), true), (due, None, false), (earlier, Some(NOW), false)]);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

/// The first call agreed on one that was moved; the second, which is undone, resolved the one that stood in its place.
async fn undoing_leaves_what_was_called_off_before(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, FOLLOWUPS, Some(asha))]).await;
    let first = log(&mut tx, 1, asha, FOLLOWUPS, NOW).await;
    let agreed = follow_ups::add(&mut tx, 1, asha, NOW + DAY, NOW, Some(first)).await.expect("adds");
    follow_ups::call_off(&mut tx, 1, asha, NOW + 1).await.expect("calls off");
    let moved = follow_ups::add(&mut tx, 1, asha, NOW + 2 * DAY, NOW + 1, None).await.expect("adds");
    let second = log(&mut tx, 1, asha, FOLLOWUPS, NOW + 2).await;
    follow_ups::resolve(&mut tx, 1, i64::MAX, NOW + 2, second).await.expect("resolves");
    let last = last(&mut tx, asha).await.expect("logged");
    assert!(undo(&mut tx, &last, asha).await);
    let of_lead = follow_ups::of_lead(&mut tx, 1, 9).await.expect("reads");
    let seen: Vec<_> = of_lead.iter().map(|f| (f.id, f.resolved_at, f.resolved_by, f.taken_back)).collect();
    assert_eq!(seen, [(moved, None, None, false), (agreed, Some(NOW + 1), None, false)]);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn an_undone_call_counts_nowhere(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    let today = Today { begins: NOW - 10, now: NOW, ends: NOW + DAY };
    let id = log(&mut tx, 1, asha, CUSTOMER, NOW).await;
    let latest = async |tx: &mut Tx| calls::latest(tx, 1).await.expect("reads").map(|call| call.id);
    assert_eq!(latest(&mut tx).await, Some(id));
    let last = last(&mut tx, asha).await.expect("logged");
    assert!(undo(&mut tx, &last, asha).await);
    assert_eq!(latest(&mut tx).await, None);
    assert_eq!(call_sums::outgoing(&mut tx, asha, NOW - DAY, NOW + DAY).await.expect("counts"), 0);
    assert_eq!(team::day(&mut tx, Customers::All, today).await.expect("reads")[0].calls, 0);
    let next = tasks::next(&mut tx, asha, today, None).await.expect("reads");
    assert_eq!(next.map(|task| task.id), Some(1), "the lead wasn't called today");
    let stretches = [Stretch { start: NOW - DAY, end: NOW + DAY, offset: 0 }];
    for agent in [None, Some(asha)] {
        assert_eq!(reports::tallies(&mut tx, &stretches, agent).await.expect("counts"), []);
        assert_eq!(reports::hours(&mut tx, &stretches, agent).await.expect("counts"), []);
    }
    let kept = calls::of_lead(&mut tx, 1, 9).await.expect("reads");
    assert_eq!((kept.len(), kept[0].id, kept[0].undone_at), (1, id, Some(NOW + 5)), "it stays in the log");
    assert_eq!(calls::by_id(&mut tx, id).await.expect("reads"), kept.into_iter().next());
}

async fn only_the_last_call_is_undone(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha)), lead(2, ASSIGNED, Some(bela))]).await;
    assert_eq!(last(&mut tx, asha).await, None);
    log(&mut tx, 1, asha, BUSY, NOW).await;
    let first = last(&mut tx, asha).await.expect("logged");
    let second = log(&mut tx, 1, asha, INTERESTED, NOW + 1).await;
    log(&mut tx, 2, bela, BUSY, NOW + 2).await;
    assert!(!undo(&mut tx, &first, asha).await, "it isn't the last any more");
    let last_of_asha = last(&mut tx, asha).await.expect("logged");
    assert_eq!((last_of_asha.call_id, last_of_asha.before.status, last_of_asha.logged_at), (second, BUSY, NOW + 1));
    assert!(!undo(&mut tx, &last_of_asha, bela).await, "it is somebody else's");
    assert!(undo(&mut tx, &last_of_asha, asha).await);
    assert!(!undo(&mut tx, &last_of_asha, asha).await, "once only");
    assert_eq!(last(&mut tx, asha).await, None);
    assert_eq!(held(&mut tx, 1).await.status_id, BUSY);
    assert_eq!(call_sums::outgoing(&mut tx, asha, NOW, NOW + DAY).await.expect("counts"), 1);
}

async fn undoing_gives_a_lead_back_to_who_owned_it(db: &Db) {
    let mut tx = write(db).await;
    let (asha, manager) = (agent(&mut tx, "Asha", 9).await, user(&mut tx, "Mo", MANAGER, 0).await);
    add_leads(&mut tx, &[lead(1, BUSY, Some(asha))]).await;
    let before = held(&mut tx, 1).await;
    log(&mut tx, 1, manager, UNASSIGNED, NOW).await;
    tx.commit().await.expect("commits");
    let mut tx = write(db).await;
    let call = last(&mut tx, manager).await.expect("logged");
    let Held::Yes(lead) = lead_changes::hold_with(&mut tx, 1, call.before.owner).await.expect("holds") else {
        panic!("nobody else has it")
    };
    assert_eq!((lead.owner_id, lead.last_owner_id), (None, Some(asha)));
    assert!(undo(&mut tx, &call, manager).await);
    let after = held(&mut tx, 1).await;
    assert_eq!(lead_changes::Lead { version: before.version, ..after }, before);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

/// What the correction counted is taken back, not what the call said before.
async fn a_call_that_is_put_right_meanwhile_is_undone_as_it_is_then(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, BUSY, Some(asha))]).await;
    let id = log(&mut tx, 1, asha, BUSY, NOW).await;
    tx.commit().await.expect("commits");
    let mut tx = write(db).await;
    let there = corrections::hold(&mut tx, id).await.expect("reads").expect("there");
    let right = Record { duration_seconds: 3_000, ..call() };
    corrections::add(&mut tx, &there, &right, NOW - 2_910_000, asha, NOW).await.expect("corrects");
    let undoing = tokio::spawn({
        let db = db.clone();
        async move {
            let mut tx = write(&db).await;
            let call = last(&mut tx, asha).await.expect("logged");
            assert!(undo(&mut tx, &call, asha).await);
            tx.commit().await.expect("commits");
        }
    });
    until_held_up(db, &undoing).await;
    tx.commit().await.expect("commits");
    undoing.await.expect("ends");
    let mut tx = read(db).await;
    assert_eq!(
        number(&mut tx, "SELECT CAST(coalesce(sum(outgoing + connected), 0) AS BIGINT) FROM call_sums").await,
        0
    );
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}
