//! Calls, follow-ups, and the change of one lead.

use std::time::Duration;

use calliyo_domain::{
    assignment::plan,
    call::{CallStatus, Direction, LeadState, Record},
    job::Job,
    status::{ASSIGNED, CUSTOMER, FOLLOWUPS, UNASSIGNED},
    visibility::Customers,
};
use futures::{FutureExt as _, future::join};
use tokio::time::timeout;

use super::{
    apply::{claimed, outcome},
    fixtures::*,
};
use crate::{
    Db, Tx, call_sums, calls, follow_ups,
    lead_changes::{self, Cause, Held, Lead},
    moves::{self, Moves},
    runs,
    tasks::Today,
    team,
};

on_both!(
    calls_of_a_day,
    calls_and_follow_ups_of_a_lead,
    calls_change_a_lead_with_one_event,
    calls_convert_and_back,
    calls_and_runs_lose_nothing,
    calls_at_once_wait_for_each_other,
    calls_of_the_team,
    calls_agreed_with_hidden_customers,
    calls_and_what_runs_moved,
);

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn call(status: CallStatus, direction: Direction) -> Record {
    Record { status, direction, duration_seconds: 90, note: "a note".to_owned() }
}

async fn log(tx: &mut Tx, lead: i64, agent: i64, at: i64) -> i64 {
    calls::add(tx, lead, agent, at, &call(CallStatus::Busy, Direction::Outgoing)).await.expect("adds")
}

pub async fn held(tx: &mut Tx, id: i64) -> Lead {
    match lead_changes::hold(tx, id).await.expect("holds") {
        Held::Yes(lead) => *lead,
        other => panic!("{other:?}"),
    }
}

async fn calls_of_a_day(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    for at in [NOW - 1, NOW, NOW + 1, NOW + DAY - 1, NOW + DAY] {
        log(&mut tx, 1, asha, at).await;
    }
    log(&mut tx, 1, bela, NOW).await;
    calls::add(&mut tx, 1, asha, NOW, &call(CallStatus::Called, Direction::Incoming)).await.expect("adds");
    assert_eq!(call_sums::outgoing(&mut tx, asha, NOW, NOW + DAY).await.expect("counts"), 3);
    assert_eq!(call_sums::outgoing(&mut tx, bela, NOW, NOW + DAY).await.expect("counts"), 1);

    let newest = calls::of_agent(&mut tx, asha, NOW, 3).await.expect("reads");
    let begun: Vec<_> = newest.iter().map(|found| found.call.started_at - NOW).collect();
    assert_eq!(begun, [DAY, DAY - 1, 1]);
    assert_eq!((newest[0].name.as_str(), newest[0].lead.owner), ("Lead 1", Some(asha)));
    let ended = NOW + 90_000;
    assert_eq!(calls::of_agent(&mut tx, bela, ended, 9).await.expect("reads").len(), 1, "it ended on that day");
    assert!(calls::of_agent(&mut tx, bela, ended + 1, 9).await.expect("reads").is_empty());
}

async fn calls_and_follow_ups_of_a_lead(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, FOLLOWUPS, Some(asha)), lead(2, INTERESTED, Some(asha))]).await;
    for status in CallStatus::ALL {
        calls::add(&mut tx, 1, asha, NOW, &call(status, Direction::Incoming)).await.expect("adds");
    }
    let newest = calls::of_lead(&mut tx, 1, 3).await.expect("reads");
    let statuses: Vec<_> = newest.iter().map(|call| call.says.status).collect();
    assert_eq!(statuses, [CallStatus::Rescheduled, CallStatus::FollowUp, CallStatus::InProgress]);
    assert_eq!(
        (newest[0].agent.as_str(), newest[0].says.duration_seconds, newest[0].says.note.as_str()),
        ("Asha", 90, "a note")
    );
    assert_eq!(newest[0].says.direction, Direction::Incoming);

    for (lead, due) in [(1, NOW - 5), (1, NOW + DAY), (2, NOW + 5)] {
        follow_ups::add(&mut tx, lead, asha, due, NOW - DAY, None).await.expect("adds");
    }
    let due =
        |due: Vec<follow_ups::DueLead>| due.into_iter().map(|due| (due.lead, due.due_at - NOW)).collect::<Vec<_>>();
    assert_eq!(
        due(follow_ups::due(&mut tx, asha, Customers::All, NOW + 6, 9).await.expect("reads")),
        [(1, -5), (2, 5)]
    );
    assert_eq!(due(follow_ups::due(&mut tx, asha, Customers::All, NOW + 6, 1).await.expect("reads")), [(1, -5)]);
    let call = log(&mut tx, 1, asha, NOW).await;
    assert_eq!(follow_ups::resolve(&mut tx, 1, NOW + DAY, NOW, call).await.expect("resolves"), 1, "not the later one");
    let of_lead = follow_ups::of_lead(&mut tx, 1, 9).await.expect("reads");
    let seen: Vec<_> = of_lead.iter().map(|f| (f.due_at, f.resolved_at)).collect();
    assert_eq!(seen, [(NOW + DAY, None), (NOW - 5, Some(NOW))]);
    assert_eq!(follow_ups::resolve(&mut tx, 1, NOW + DAY, NOW, call).await.expect("resolves"), 0, "once only");
}

async fn change(tx: &mut Tx, id: i64, status: i64, actor: i64) -> LeadState {
    let lead = held(tx, id).await;
    let to = lead.state().taking(status, NOW);
    lead_changes::change(tx, &lead, &to, Cause { actor, at: NOW, why: "Call logged" }).await.expect("changes");
    to
}

async fn calls_change_a_lead_with_one_event(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha)), lead(2, BUSY, Some(asha))]).await;
    let before = lead_rows(&mut tx).await;
    let events = event_rows(&mut tx).await.len();
    change(&mut tx, 1, ASSIGNED, asha).await;
    assert_eq!(event_rows(&mut tx).await.len(), events, "nothing changed but the version");
    let rows = lead_rows(&mut tx).await;
    assert_eq!((rows[0].version, rows[0].status_since), (before[0].version + 1, before[0].status_since));
    change(&mut tx, 1, FOLLOWUPS, asha).await;
    change(&mut tx, 2, UNASSIGNED, asha).await;
    assert_eq!(event_rows(&mut tx).await.len(), events + 2);
    let rows = lead_rows(&mut tx).await;
    assert_eq!((rows[0].status_id, rows[0].status_since, rows[0].owner_id), (FOLLOWUPS, NOW, Some(asha)));
    assert_eq!(rows[0].assigned_at, before[0].assigned_at);
    assert_eq!((rows[1].status_id, rows[1].owner_id, rows[1].assigned_at), (UNASSIGNED, None, None));
    assert_eq!(rows[1].last_owner_id, Some(asha));
    let newest = lead_changes::events(&mut tx, 1, 1).await.expect("reads");
    assert_eq!(
        (newest[0].actor.as_deref(), newest[0].why.as_str(), newest[0].run_id),
        (Some("Asha"), "Call logged", None)
    );
    assert_eq!(
        (newest[0].from_status.as_deref(), newest[0].to_status.as_deref()),
        (Some("Assigned"), Some("Followups"))
    );
    assert_eq!((newest[0].from_owner.as_deref(), newest[0].to_owner.as_deref()), (Some("Asha"), Some("Asha")));
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
    assert_eq!(lead_changes::hold(&mut tx, 99).await.expect("reads"), Held::Gone);
}

async fn calls_convert_and_back(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    change(&mut tx, 1, CUSTOMER, asha).await;
    let customer = lead_changes::by_id(&mut tx, 1).await.expect("reads").expect("there");
    assert_eq!((customer.converter.as_deref(), customer.converted_at), (Some("Asha"), Some(NOW)));
    change(&mut tx, 1, INTERESTED, asha).await;
    let back = lead_changes::by_id(&mut tx, 1).await.expect("reads").expect("there");
    assert_eq!((back.converter_id, back.converted_at, back.owner_id), (None, None, Some(asha)));
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

/// Lead 1 was called after the run's snapshot was taken: the run leaves it alone.
async fn calls_and_runs_lose_nothing(db: &Db) {
    let mut tx = write(db).await;
    let (asha, _) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    add_leads(&mut tx, &[lead(1, MISSED, Some(asha)), lead(2, MISSED, Some(asha))]).await;
    let (run, fence) = claimed(&mut tx).await;
    let snapshot = moves::snapshot(&mut tx, &[MISSED], AT, |_| {}).await.expect("reads");
    let plan = plan(&snapshot.plan);
    change(&mut tx, 1, MISSED, asha).await;
    let giving = Moves::giving(Job::AutoAssignment, &snapshot, &plan);
    let applied = moves::apply(&mut tx, run, &giving, NOW, |_| {}).await.expect("applies");
    assert_eq!((applied.moved, applied.skipped), (1, 1));
    assert_eq!(lead_rows(&mut tx).await[0].owner_id, Some(asha));
    assert!(
        runs::finish(&mut tx, run, fence, &outcome(&snapshot, &plan, &applied).into(), Some(1), NOW)
            .await
            .expect("ends")
    );
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn calls_at_once_wait_for_each_other(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    tx.commit().await.expect("commits");

    let mut first = write(db).await;
    held(&mut first, 1).await;
    let second = async {
        let mut tx = write(db).await;
        let to = change(&mut tx, 1, BUSY, asha).await;
        tx.commit().await.expect("commits");
        to
    };
    let mut second = Box::pin(second.fuse());
    assert!(timeout(Duration::from_millis(300), &mut second).await.is_err(), "the lead is held");
    let first = async {
        change(&mut first, 1, INTERESTED, asha).await;
        first.commit().await.expect("commits");
    };
    join(first, second).await;
    let mut tx = read(db).await;
    let steps: Vec<_> =
        event_rows(&mut tx).await.iter().rev().take(2).map(|e| (e.from_status_id, e.to_status_id)).collect();
    assert_eq!(steps, [(Some(INTERESTED), BUSY), (Some(ASSIGNED), INTERESTED)]);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn calls_of_the_team(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 4).await);
    user(&mut tx, "Mo", MANAGER, 0).await;
    execute(&mut tx, format!("UPDATE users SET receiving = {} WHERE id = {bela}", no(db))).await.expect("sets");
    add_leads(
        &mut tx,
        &[lead(1, ASSIGNED, Some(asha)), lead(2, INTERESTED, Some(asha)), lead(3, FOLLOWUPS, Some(asha))],
    )
    .await;
    log(&mut tx, 1, asha, NOW - DAY).await;
    log(&mut tx, 1, asha, NOW).await;
    for (lead, due) in [(1, NOW), (2, NOW - 1), (3, NOW + 1), (3, NOW + 2 * HOUR)] {
        follow_ups::add(&mut tx, lead, bela, due, 1, None).await.expect("adds");
    }
    for (at, direction, duration_seconds) in [
        (NOW - 2 * HOUR - 1, Direction::Outgoing, 9),
        (NOW + 2 * HOUR - 1, Direction::Outgoing, 0),
        (NOW + 2 * HOUR, Direction::Outgoing, 9),
        (NOW, Direction::Incoming, 9),
    ] {
        let call = Record { duration_seconds, ..call(CallStatus::Called, direction) };
        calls::add(&mut tx, 1, asha, at, &call).await.expect("adds");
    }
    let today = Today { begins: NOW - 2 * HOUR, now: NOW, ends: NOW + 2 * HOUR };
    let team = team::day(&mut tx, Customers::All, today).await.expect("reads");
    let seen: Vec<_> = team.iter().map(|a| (a.name.as_str(), a.cap, a.load, a.calls, a.connected)).collect();
    assert_eq!(seen, [("Asha", 9, 2, 2, 1), ("Bela", 4, 0, 0, 0)]);
    assert_eq!(team.iter().map(|a| a.receiving).collect::<Vec<_>>(), [true, false], "Bela is on leave");
    let agreed: Vec<_> = team.iter().map(|a| (a.due, a.overdue)).collect();
    assert_eq!(agreed, [(2, 1), (0, 0)]);
    for (owner, next) in [(None, NOW + 1), (Some(asha), NOW + 1)] {
        assert_eq!(follow_ups::next_due(&mut tx, owner, Customers::All, NOW).await.expect("reads"), Some(next));
    }
    assert_eq!(follow_ups::next_due(&mut tx, Some(bela), Customers::All, NOW).await.expect("reads"), None);
}

/// Lead 1 was converted by Bela and is Asha's now: its follow-up shows only where the viewer may see that customer.
async fn calls_agreed_with_hidden_customers(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 4).await);
    add_leads(&mut tx, &[lead(1, CUSTOMER, Some(bela)), lead(2, CUSTOMER, Some(asha)), lead(3, ASSIGNED, Some(asha))])
        .await;
    execute(&mut tx, format!("UPDATE leads SET owner_id = {asha} WHERE id = 1")).await.expect("moves");
    for lead in 1..=3 {
        follow_ups::add(&mut tx, lead, bela, NOW + lead, 1, None).await.expect("adds");
    }
    let today = Today { begins: NOW, now: NOW, ends: NOW + DAY };
    for (visible, leads) in [
        (Customers::All, vec![1, 2, 3]),
        (Customers::ConvertedBy(asha), vec![2, 3]),
        (Customers::ConvertedBy(bela), vec![1, 3]),
    ] {
        let due = follow_ups::due(&mut tx, asha, visible, NOW + DAY, 9).await.expect("reads");
        assert_eq!(due.iter().map(|due| due.lead).collect::<Vec<_>>(), leads, "{visible:?}");
        let team = team::day(&mut tx, visible, today).await.expect("reads");
        assert_eq!(team[0].due, leads.len() as i64, "{visible:?}");
    }
}

async fn calls_and_what_runs_moved(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 1).await, agent(&mut tx, "Bela", 9).await);
    add_leads(&mut tx, &[lead(1, MISSED, Some(asha)), lead(2, UNASSIGNED, None), lead(3, ASSIGNED, Some(asha))]).await;
    // On leave: loses leads without having a share in the run.
    execute(&mut tx, format!("UPDATE users SET receiving = {} WHERE id = {asha}", no(db))).await.expect("sets");
    let (run, fence) = claimed(&mut tx).await;
    let snapshot = moves::snapshot(&mut tx, &[UNASSIGNED, MISSED], AT, |_| {}).await.expect("reads");
    let plan = plan(&snapshot.plan);
    let giving = Moves::giving(Job::AutoAssignment, &snapshot, &plan);
    let applied = moves::apply(&mut tx, run, &giving, NOW, |_| {}).await.expect("applies");
    assert!(
        runs::finish(&mut tx, run, fence, &outcome(&snapshot, &plan, &applied).into(), Some(1), NOW)
            .await
            .expect("ends")
    );
    let seen = async |tx: &mut Tx, agent, since| -> Vec<_> {
        let moved = team::moved(tx, agent, since).await.expect("reads");
        moved.into_iter().map(|moved| (moved.run, moved.job, moved.brought, moved.took)).collect()
    };
    assert_eq!(seen(&mut tx, asha, NOW).await, [(run, Job::AutoAssignment, 0, 1)]);
    assert_eq!(seen(&mut tx, bela, NOW).await, [(run, Job::AutoAssignment, 2, 0)]);
    assert_eq!(seen(&mut tx, bela, NOW + 1).await, [], "that was yesterday");
}

fn no(db: &Db) -> &'static str {
    if matches!(db, Db::Sqlite { .. }) { "0" } else { "FALSE" }
}
