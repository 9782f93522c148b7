use std::collections::BTreeSet;

use calliyo_domain::{
    job::{Job, Trigger},
    settings::{AutoAssignment, DailyTarget, General, Receivers, Section},
    status::Status,
};
use chrono::NaiveDate;

use super::fixtures::*;
use crate::{
    Db, Memo, Tx, agents, ledger,
    runs::{self, Run, Share},
    settings::{self, Current, Save},
    statuses,
};

on_both!(says_what_the_database_says, is_one_moment_and_of_those_who_share_it);

/// All that is read once.
#[derive(Debug, PartialEq)]
struct Said {
    general: Current<General>,
    target: Current<DailyTarget>,
    last: Vec<Option<Save>>,
    saves: Vec<(i64, General, General)>,
    assignments: Vec<(i64, AutoAssignment, AutoAssignment)>,
    statuses: Vec<Status>,
    receivers: Receivers,
    runs: Vec<(Option<Run>, Option<Run>)>,
    shares: Vec<Vec<Share>>,
    dates: Vec<BTreeSet<NaiveDate>>,
}

async fn said(tx: &mut Tx) -> Said {
    let (mut last, mut runs, mut shares, mut dates) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for section in [General::KEY, DailyTarget::KEY, AutoAssignment::KEY] {
        last.push(settings::last_save(tx, section).await.expect("reads"));
    }
    for job in Job::ALL {
        let ended = runs::last_ended(tx, job).await.expect("reads");
        if let Some(run) = &ended {
            shares.push(runs::shares(tx, run.id).await.expect("reads"));
        }
        runs.push((runs::active(tx, job).await.expect("reads"), ended));
        // The first is asked from the eleventh on, others from before and after that.
        for day in [11, 10, 12, 1] {
            dates.push(ledger::dates(tx, job, date(day), NOW).await.expect("reads"));
        }
    }
    Said {
        general: settings::get(tx).await.expect("reads"),
        target: settings::get(tx).await.expect("reads"),
        last,
        saves: settings::history(tx).await.expect("reads"),
        assignments: settings::history(tx).await.expect("reads"),
        statuses: statuses::list(tx).await.expect("reads"),
        receivers: agents::count_receivers(tx).await.expect("reads"),
        runs,
        shares,
        dates,
    }
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, day).expect("a date")
}

/// A company of which each part says something.
async fn company(db: &Db) -> i64 {
    let mut tx = write(db).await;
    let admin = user(&mut tx, "Meera", ADMIN, 0).await;
    let agent = user(&mut tx, "Asha", AGENT, 5).await;
    for (version, country) in [(0, "CA"), (1, "GB")] {
        rename(&mut tx, version, country, admin).await;
    }
    let assignment: AutoAssignment = settings::get(&mut tx).await.expect("reads").value;
    let assignment = AutoAssignment { enabled: true, ..assignment };
    settings::save(&mut tx, 0, &assignment, admin, NOW + 2).await.expect("saves");
    const AHEAD: i64 = 200 * 24 * 60 * 60 * 1000;
    for (job, day, at) in [
        (Job::AutoRemoval, 1, NOW),
        (Job::AutoRemoval, 11, NOW),
        (Job::AutoAssignment, 10, NOW),
        (Job::AutoAssignment, 12, NOW),
        (Job::TopUp, 11, NOW + AHEAD),
        (Job::TopUp, 12, NOW),
    ] {
        assert!(ledger::miss(&mut tx, job, date(day), at).await.expect("notes"));
    }
    for (job, ends) in [(Job::AutoRemoval, 2), (Job::AutoAssignment, 1), (Job::LeadImport, 1)] {
        for _ in 0..ends {
            let run = asked(&mut tx, job, admin).await;
            let share = "INSERT INTO run_agents (run_id, agent_id, before, given, taken, after, cap)";
            execute(&mut tx, format!("{share} VALUES ({run}, {agent}, 1, {run}, 0, 1 + {run}, 50)"))
                .await
                .expect("writes");
            let fence = runs::claim(&mut tx, run, NOW).await.expect("claims").expect("a claim").fence;
            assert!(runs::fail(&mut tx, run, fence, "a reason", NOW).await.expect("fails"));
        }
    }
    for job in [Job::AutoAssignment, Job::TopUp] {
        asked(&mut tx, job, admin).await;
    }
    tx.commit().await.expect("commits");
    admin
}

async fn asked(tx: &mut Tx, job: Job, by: i64) -> i64 {
    match runs::request(tx, job, Trigger::RunNow, Some(by), NOW).await.expect("asks") {
        runs::Requested::New(run) => run,
        other => panic!("{other:?}"),
    }
}

async fn rename(tx: &mut Tx, version: i64, country: &str, admin: i64) {
    let general = settings::get::<General>(tx).await.expect("reads").value;
    let value = General { country: country.to_owned(), ..general };
    settings::save(tx, version, &value, admin, NOW + version).await.expect("saves").expect("is saved");
}

async fn says_what_the_database_says(db: &Db) {
    let empty = said(&mut read(db).await).await;
    let once = async || db.read_once(&Memo::default()).await.expect("begins");
    assert_eq!(said(&mut once().await).await, empty, "of nothing");
    company(db).await;
    let full = said(&mut read(db).await).await;
    assert_ne!(full, empty);
    let mut tx = once().await;
    for time in ["first", "again"] {
        assert_eq!(said(&mut tx).await, full, "{time}");
    }
}

async fn is_one_moment_and_of_those_who_share_it(db: &Db) {
    let admin = company(db).await;
    let memo = Memo::default();
    let before = said(&mut db.read_once(&memo).await.expect("begins")).await;

    let mut tx = write(db).await;
    rename(&mut tx, 2, "NZ", admin).await;
    statuses::add(&mut tx, "Waits", true).await.expect("adds");
    let written = said(&mut tx).await;
    assert_eq!((written.general.value.country.as_str(), written.general.version), ("NZ", 3), "who writes reads anew");
    tx.commit().await.expect("commits");

    assert_eq!(said(&mut db.read_once(&memo).await.expect("begins")).await, before, "the same request");
    let other = said(&mut db.read_once(&Memo::default()).await.expect("begins")).await;
    assert_eq!(other, written, "another request");
    assert_eq!(said(&mut read(db).await).await, written, "who shares nothing");
}
