//! The history of runs: listed, looked into, pruned.

use calliyo_domain::{
    assignment::plan,
    call::LeadState,
    job::{Job, RunState, Trigger},
    status::{ASSIGNED, UNASSIGNED},
};
use chrono::NaiveDate;

use super::{
    apply::{claimed, outcome},
    fixtures::*,
};
use crate::{
    Db, Tx, imports, ledger,
    moves::{self, Moves},
    runs::{self, HistoryFilter, Run},
};

on_both!(
    newest_first_by_job_and_page,
    those_of_a_day_and_who_is_at_work,
    the_leads_that_a_run_moved,
    a_year_later,
    a_file_waits_and_goes
);

async fn list(tx: &mut Tx, job: Option<Job>, before: Option<i64>, limit: i64) -> Vec<Run> {
    runs::list(tx, &HistoryFilter { job, before, limit }).await.expect("reads")
}

async fn newest_first_by_job_and_page(db: &Db) {
    let mut tx = write(db).await;
    let day = |day| NaiveDate::from_ymd_opt(2026, 5, day).expect("a date");
    for n in 1..=5 {
        ledger::miss(&mut tx, Job::TopUp, day(n), NOW + i64::from(n)).await.expect("notes");
        ledger::miss(&mut tx, Job::AutoRemoval, day(n), NOW + i64::from(n)).await.expect("notes");
    }
    let all = list(&mut tx, None, None, 50).await;
    assert_eq!(all.len(), 10);
    assert!(all.is_sorted_by(|a, b| a.id > b.id));
    let top_up = list(&mut tx, Some(Job::TopUp), None, 3).await;
    let dates: Vec<_> = top_up.iter().filter_map(|run| run.local_date.as_deref()).collect();
    assert_eq!(dates, ["2026-05-05", "2026-05-04", "2026-05-03"]);
    assert_eq!((top_up[0].state.clone(), top_up[0].trigger), (RunState::Missed, Trigger::Schedule));
    let rest = list(&mut tx, Some(Job::TopUp), Some(top_up[2].id), 3).await;
    assert_eq!(rest.len(), 2);
    assert!(list(&mut tx, Some(Job::AutoAssignment), None, 3).await.is_empty());
}

async fn those_of_a_day_and_who_is_at_work(db: &Db) {
    let mut tx = write(db).await;
    let day = |day| NaiveDate::from_ymd_opt(2026, 5, day).expect("a date");
    for n in 0..3 {
        ledger::miss(&mut tx, Job::TopUp, day(n + 1), NOW + i64::from(n)).await.expect("notes");
    }
    // Asked for the day before, and not done yet; then begun before midnight, and done after it.
    let (run, fence) = claimed(&mut tx).await;
    execute(&mut tx, format!("UPDATE runs SET requested_at = 5, started_at = 5 WHERE id = {run}"))
        .await
        .expect("writes");
    let since = async |tx: &mut Tx, begins, limit| {
        let found = runs::since(tx, begins, limit).await.expect("reads");
        found.into_iter().map(|run| (run.id, run.began())).collect::<Vec<_>>()
    };
    assert_eq!(since(&mut tx, NOW + 1, 9).await, [(run, 5), (run - 1, NOW + 2), (run - 2, NOW + 1)]);
    assert_eq!(since(&mut tx, NOW + 1, 2).await, [(run, 5), (run - 1, NOW + 2)]);
    assert!(runs::fail(&mut tx, run, fence, "no reason", NOW + 1).await.expect("ends"));
    assert_eq!(since(&mut tx, NOW + 1, 9).await, [(run - 1, NOW + 2), (run - 2, NOW + 1)]);
}

/// A run that gave three leads to one agent.
async fn a_run(tx: &mut Tx) -> i64 {
    let asha = agent(tx, "Asha", 3).await;
    add_leads(tx, &[lead(1, MISSED, Some(asha)), lead(2, UNASSIGNED, None), lead(3, UNASSIGNED, None)]).await;
    let (run, fence) = claimed(tx).await;
    let snapshot = moves::snapshot(tx, &[UNASSIGNED], AT, |_| {}).await.expect("reads");
    let plan = plan(&snapshot.plan);
    let moves = Moves::giving(Job::AutoAssignment, &snapshot, &plan);
    let applied = moves::apply(tx, run, &moves, NOW, |_| {}).await.expect("applies");
    assert!(
        runs::finish(tx, run, fence, &outcome(&snapshot, &plan, &applied).into(), Some(1), NOW).await.expect("ends")
    );
    run
}

async fn the_leads_that_a_run_moved(db: &Db) {
    let mut tx = write(db).await;
    let run = a_run(&mut tx).await;
    let first = runs::moved_leads(&mut tx, run, 0, 1).await.expect("reads");
    let [moved] = &first[..] else { panic!("{first:?}") };
    assert_eq!((moved.lead, moved.name().as_str()), (2, "Lead 2"));
    let asha = number(&mut tx, "SELECT id FROM users WHERE name = 'Asha'").await;
    let state = LeadState { status: ASSIGNED, owner: Some(asha), converter: None, converted_at: None };
    assert_eq!(moved.state, state, "what it is now");
    assert_eq!((moved.from_status.as_deref(), moved.to_status.as_deref()), (Some("Unassigned"), Some("Assigned")));
    assert_eq!((moved.from_owner.as_deref(), moved.to_owner.as_deref()), (None, Some("Asha")));
    let rest = runs::moved_leads(&mut tx, run, moved.event, 9).await.expect("reads");
    assert_eq!(rest.iter().map(|moved| moved.lead).collect::<Vec<_>>(), [3]);
    assert!(runs::moved_leads(&mut tx, run + 1, 0, 9).await.expect("reads").is_empty());
}

async fn a_year_later(db: &Db) {
    let mut tx = write(db).await;
    let run = a_run(&mut tx).await;
    let file = imports::ImportFile {
        file: "leads.csv".to_owned(),
        content: b"x".to_vec(),
        columns: None,
        reading: String::new(),
        by: None,
    };
    imports::request(&mut tx, &file, Trigger::Command, NOW).await.expect("asks");
    assert_eq!(runs::prune(&mut tx, NOW).await.expect("prunes"), 0, "not yet");
    assert_eq!(runs::prune(&mut tx, NOW + 1).await.expect("prunes"), 1, "the one that waits is kept");
    assert_eq!(runs::by_id(&mut tx, run).await.expect("reads"), None);
    assert_eq!(number(&mut tx, format!("SELECT count(*) FROM lead_events WHERE run_id = {run}")).await, 2);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn a_file_waits_and_goes(db: &Db) {
    let mut tx = write(db).await;
    let columns = Some("phone,first_name".to_owned());
    let file = imports::ImportFile {
        file: "leads.csv".to_owned(),
        content: vec![0, 255, 10],
        columns,
        reading: String::new(),
        by: None,
    };
    let first = imports::request(&mut tx, &file, Trigger::RunNow, NOW).await.expect("asks");
    let second = imports::request(&mut tx, &file, Trigger::RunNow, NOW).await.expect("imports queue up");
    assert_eq!(imports::waiting(&mut tx, first).await.expect("reads"), Some(file.clone()));
    assert_eq!(imports::file(&mut tx, first).await.expect("reads").as_deref(), Some("leads.csv"));
    let named = |run| (run, "leads.csv".to_owned());
    assert_eq!(imports::newest(&mut tx, 9).await.expect("reads"), [named(second), named(first)]);
    assert_eq!(imports::newest(&mut tx, 1).await.expect("reads"), [named(second)]);
    imports::finish(&mut tx, first, &imports::Columns::default()).await.expect("ends");
    assert_eq!(imports::waiting(&mut tx, first).await.expect("reads"), None);
    assert_eq!(imports::file(&mut tx, first).await.expect("reads").as_deref(), Some("leads.csv"));
    assert_eq!(imports::drop_contents(&mut tx).await.expect("drops"), 0, "the other still waits");
    let fence = runs::claim(&mut tx, second, NOW).await.expect("claims").expect("a claim").fence;
    assert!(runs::fail(&mut tx, second, fence, "it broke", NOW).await.expect("fails"));
    assert_eq!(imports::drop_contents(&mut tx).await.expect("drops"), 1);
}
