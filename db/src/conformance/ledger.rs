use calliyo_domain::{
    job::{Job, Trigger},
    settings::{AutoAssignment, General},
};
use chrono::NaiveDate;

use super::fixtures::*;
use crate::{Db, Tx, ledger, runs, settings};

on_both!(
    each_date_is_let_through_once,
    of_two_servers_one_makes_the_run,
    a_missed_date_needs_no_run,
    what_a_clock_ahead_called_missed_does_not_count,
    history_gives_each_save
);

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, day).expect("a date")
}

async fn made(tx: &mut Tx, date: NaiveDate) -> Option<i64> {
    ledger::schedule(tx, Job::AutoAssignment, date, Trigger::Schedule, NOW).await.expect("asks")
}

async fn each_date_is_let_through_once(db: &Db) {
    let mut tx = write(db).await;
    let first = made(&mut tx, day(11)).await.expect("made");
    assert_eq!(made(&mut tx, day(11)).await, None, "the date has its run");
    assert_eq!(made(&mut tx, day(12)).await, None, "the one before it is still open");
    assert_eq!(
        runs::request(&mut tx, Job::AutoAssignment, Trigger::RunNow, None, NOW).await.expect("asks"),
        runs::Requested::UnderWay(first)
    );
    let fence = runs::claim(&mut tx, first, NOW).await.expect("claims").expect("a claim").fence;
    assert!(runs::fail(&mut tx, first, fence, "a reason", NOW).await.expect("fails"));
    assert_eq!(made(&mut tx, day(11)).await, None, "a failed run has used the date up");
    assert!(made(&mut tx, day(12)).await.is_some());
    let dates = ledger::dates(&mut tx, Job::AutoAssignment, day(12), NOW).await.expect("reads");
    assert_eq!(dates.into_iter().collect::<Vec<_>>(), [day(12)]);
    assert!(ledger::dates(&mut tx, Job::TopUp, day(1), NOW).await.expect("reads").is_empty(), "each job has its own");
    assert!(broken_rules(&mut tx).await.is_empty());
}

async fn of_two_servers_one_makes_the_run(db: &Db) {
    let server = async || {
        let mut tx = write(db).await;
        let run = made(&mut tx, day(11)).await;
        tx.commit().await.expect("commits");
        run
    };
    let (one, other) = tokio::join!(server(), server());
    assert_eq!(usize::from(one.is_some()) + usize::from(other.is_some()), 1);
}

async fn a_missed_date_needs_no_run(db: &Db) {
    let mut tx = write(db).await;
    assert!(ledger::miss(&mut tx, Job::AutoAssignment, day(11), NOW).await.expect("notes"));
    assert!(!ledger::miss(&mut tx, Job::AutoAssignment, day(11), NOW).await.expect("notes"));
    assert_eq!(made(&mut tx, day(11)).await, None);
    assert_eq!(runs::active(&mut tx, Job::AutoAssignment).await.expect("reads"), None);
    assert_eq!(runs::last_ended(&mut tx, Job::AutoAssignment).await.expect("reads"), None, "nothing ran");
    assert!(broken_rules(&mut tx).await.is_empty());
}

async fn what_a_clock_ahead_called_missed_does_not_count(db: &Db) {
    const HOUR: i64 = 60 * 60 * 1000;
    let mut tx = write(db).await;
    let job = Job::AutoAssignment;
    let dates = async |tx: &mut Tx, now| {
        ledger::dates(tx, job, day(1), now).await.expect("reads").into_iter().collect::<Vec<_>>()
    };
    let ahead = NOW + 200 * 24 * HOUR;
    for (date, at) in [(10, NOW), (11, NOW + HOUR / 2), (12, ahead), (13, ahead)] {
        ledger::miss(&mut tx, job, day(date), at).await.expect("notes");
    }
    ledger::miss(&mut tx, Job::TopUp, day(12), ahead).await.expect("notes");
    assert_eq!(dates(&mut tx, ahead).await, [day(10), day(11), day(12), day(13)], "while the clock says so");
    assert_eq!(dates(&mut tx, NOW).await, [day(10), day(11)], "servers' clocks may differ a little");
    assert_eq!(ledger::forget_ahead(&mut tx, job, NOW).await.expect("takes out"), 2);
    assert_eq!(ledger::forget_ahead(&mut tx, job, NOW).await.expect("takes out"), 0);
    assert_eq!(dates(&mut tx, ahead).await, [day(10), day(11)]);
    assert!(made(&mut tx, day(12)).await.is_some(), "the date has its run when it comes");
    assert_eq!(ledger::dates(&mut tx, Job::TopUp, day(1), ahead).await.expect("reads").len(), 1, "another job's stay");
    assert!(broken_rules(&mut tx).await.is_empty());
}

async fn history_gives_each_save(db: &Db) {
    let mut tx = write(db).await;
    let admin = user(&mut tx, "Meera", ADMIN, 0).await;
    let shipped = settings::get::<AutoAssignment>(&mut tx).await.expect("shipped").value;
    let saved = AutoAssignment { enabled: true, ..shipped.clone() };
    settings::save(&mut tx, 0, &saved, admin, NOW).await.expect("saves");
    settings::save(&mut tx, 1, &shipped, admin, NOW + 1).await.expect("saves");
    let history = settings::history::<AutoAssignment>(&mut tx).await.expect("reads");
    assert_eq!(history, [(NOW, shipped.clone(), saved.clone()), (NOW + 1, saved, shipped)]);
    assert_eq!(settings::history::<General>(&mut tx).await.expect("reads"), []);
}
