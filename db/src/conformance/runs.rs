use calliyo_domain::job::{Assigned, Job, Outcome, RunState, Trigger};

use super::fixtures::*;
use crate::{
    Db, Tx,
    runs::{self, Requested, Run, SignOfLife},
};

on_both!(
    asked_for_once,
    asked_for_by_several_at_once,
    claimed_once,
    claimed_by_several_at_once,
    one_run_at_a_time,
    two_jobs_claimed_at_once,
    an_old_fence_ends_nothing,
    what_was_put_back_is_not_ended_by_who_lost_it,
    a_silent_run_is_put_back_once,
    what_waits_for_another_is_not_abandoned,
    a_heartbeat_keeps_a_run,
    the_last_that_ended,
    in_the_order_asked_for
);

const JOB: Job = Job::AutoAssignment;
const DID: Assigned = Assigned { assigned: 0, agents: 0, at_cap: 3, kept: 2, closed: 1, skipped: 1 };

async fn asked(tx: &mut Tx, by: Option<i64>, now: i64) -> i64 {
    match runs::request(tx, JOB, Trigger::RunNow, by, now).await.expect("asks") {
        Requested::New(id) => id,
        Requested::UnderWay(id) => panic!("run {id} is under way"),
    }
}

/// A queued run of another job.
async fn other_job(tx: &mut Tx) -> i64 {
    let sql = "INSERT INTO runs (job, trigger, requested_at, state, heartbeat_at) VALUES ('top_up', 'run_now', 1, 'queued', 1) RETURNING id";
    number(tx, sql).await
}

async fn claim(tx: &mut Tx, id: i64, now: i64) -> Option<i64> {
    runs::claim(tx, id, now).await.expect("answers").map(|claim| claim.fence)
}

async fn finish(tx: &mut Tx, id: i64, fence: i64) -> bool {
    runs::finish(tx, id, fence, &DID.into(), Some(4), NOW + 9).await.expect("answers")
}

async fn fail(tx: &mut Tx, id: i64, fence: i64) -> bool {
    runs::fail(tx, id, fence, "it broke", NOW + 9).await.expect("answers")
}

async fn open(tx: &mut Tx) -> Vec<SignOfLife> {
    runs::open(tx).await.expect("reads")
}

/// Puts the one open run back.
async fn put_back(tx: &mut Tx, now: i64) {
    let last = open(tx).await[0];
    assert!(runs::put_back(tx, last, now).await.expect("answers"));
}

async fn run(tx: &mut Tx, id: i64) -> Run {
    runs::by_id(tx, id).await.expect("reads").expect("the run")
}

async fn asked_for_once(db: &Db) {
    let mut tx = write(db).await;
    let meera = user(&mut tx, "Meera", ADMIN, 0).await;
    assert_eq!(runs::active(&mut tx, JOB).await.expect("reads"), None);
    let id = asked(&mut tx, Some(meera), NOW).await;
    let waiting = Run {
        id,
        job: JOB,
        trigger: Trigger::RunNow,
        local_date: None,
        state: RunState::Queued,
        requested_by: Some("Meera".to_owned()),
        requested_at: NOW,
        started_at: None,
        finished_at: None,
        settings_version: None,
    };
    assert_eq!(runs::active(&mut tx, JOB).await.expect("reads"), Some(waiting.clone()));
    assert_eq!(run(&mut tx, id).await, waiting);
    let again = runs::request(&mut tx, JOB, Trigger::Command, None, NOW + 1).await.expect("asks");
    assert_eq!(again, Requested::UnderWay(id));
    let fence = claim(&mut tx, id, NOW + 2).await.expect("claims");
    assert_eq!(
        runs::request(&mut tx, JOB, Trigger::RunNow, None, NOW + 3).await.expect("asks"),
        Requested::UnderWay(id)
    );
    assert!(finish(&mut tx, id, fence).await);
    assert!(asked(&mut tx, None, NOW + 4).await > id);
    assert_eq!(runs::by_id(&mut tx, 999).await.expect("reads"), None);
    assert_eq!(texts(&mut tx, "SELECT trigger FROM runs").await, ["run_now", "run_now"]);
}

async fn asked_for_by_several_at_once(db: &Db) {
    let ask = async |n: i64| {
        let mut tx = write(db).await;
        let requested = runs::request(&mut tx, JOB, Trigger::Command, None, NOW + n).await.expect("asks");
        tx.commit().await.expect("commits");
        requested
    };
    let answers = futures::future::join_all((0..6).map(ask)).await;
    let new: Vec<_> =
        answers.iter().filter_map(|answer| if let Requested::New(id) = answer { Some(*id) } else { None }).collect();
    assert_eq!(new.len(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| **answer == Requested::UnderWay(new[0])).count(), 5, "{answers:?}");
    assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM runs").await, 1);
}

async fn claimed_once(db: &Db) {
    let mut tx = write(db).await;
    let id = asked(&mut tx, None, NOW).await;
    assert_eq!(claim(&mut tx, id + 1, NOW).await, None, "no such run");
    assert_eq!(claim(&mut tx, id, NOW + 1).await, Some(1));
    assert_eq!(claim(&mut tx, id, NOW + 2).await, None, "it is at work");
    let claimed = run(&mut tx, id).await;
    assert_eq!((claimed.state, claimed.started_at), (RunState::Running, Some(NOW + 1)));
    assert!(finish(&mut tx, id, 1).await);
    assert_eq!(claim(&mut tx, id, NOW + 3).await, None, "it has ended");
}

async fn claimed_by_several_at_once(db: &Db) {
    let mut tx = write(db).await;
    let id = asked(&mut tx, None, NOW).await;
    tx.commit().await.expect("commits");
    let take = async |n: i64| {
        let mut tx = write(db).await;
        let fence = claim(&mut tx, id, NOW + n).await;
        tx.commit().await.expect("commits");
        fence
    };
    let fences = futures::future::join_all((0..6).map(take)).await;
    assert_eq!(fences.into_iter().flatten().collect::<Vec<_>>(), [1]);
}

async fn one_run_at_a_time(db: &Db) {
    let mut tx = write(db).await;
    let (id, other) = (asked(&mut tx, None, NOW).await, other_job(&mut tx).await);
    let fence = claim(&mut tx, id, NOW).await.expect("claims");
    assert_eq!(claim(&mut tx, other, NOW).await, None, "jobs never overlap");
    assert!(finish(&mut tx, id, fence).await);
    assert_eq!(claim(&mut tx, other, NOW).await, Some(1));
    tx.commit().await.expect("commits");
    // Nor when somebody goes past the code.
    let mut tx = write(db).await;
    let id = asked(&mut tx, None, NOW).await;
    tx.commit().await.expect("commits");
    assert!(refuses(db, &format!("UPDATE runs SET state = 'running' WHERE id = {id}")).await);
}

async fn two_jobs_claimed_at_once(db: &Db) {
    let mut tx = write(db).await;
    let ids = [asked(&mut tx, None, NOW).await, other_job(&mut tx).await];
    tx.commit().await.expect("commits");
    let take = async |id: i64| {
        let mut tx = write(db).await;
        let fence = claim(&mut tx, id, NOW).await;
        tx.commit().await.expect("commits");
        fence
    };
    let fences = futures::future::join_all(ids.map(take)).await;
    assert_eq!(fences.into_iter().flatten().collect::<Vec<_>>(), [1]);
    assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM runs WHERE state = 'running'").await, 1);
}

async fn an_old_fence_ends_nothing(db: &Db) {
    let mut tx = write(db).await;
    let id = asked(&mut tx, None, NOW).await;
    assert_eq!(claim(&mut tx, id, NOW).await, Some(1));
    put_back(&mut tx, NOW + 1).await;
    assert_eq!(claim(&mut tx, id, NOW + 2).await, Some(2));
    for fence in [0, 1, 3] {
        assert!(!finish(&mut tx, id, fence).await, "finish with fence {fence}");
        assert!(!fail(&mut tx, id, fence).await, "fail with fence {fence}");
    }
    let claimed = run(&mut tx, id).await;
    assert_eq!((claimed.state, claimed.started_at), (RunState::Running, Some(NOW)), "started when it was first taken");
    assert!(finish(&mut tx, id, 2).await);
    assert!(!finish(&mut tx, id, 2).await, "it ended once");
    assert!(!fail(&mut tx, id, 2).await, "it ended once");
    assert_eq!(run(&mut tx, id).await.state, RunState::Done { outcome: Outcome::Assigned(DID) });
}

/// Between being put back and being taken up again a run belongs to nobody.
async fn what_was_put_back_is_not_ended_by_who_lost_it(db: &Db) {
    let mut tx = write(db).await;
    let id = asked(&mut tx, None, NOW).await;
    let fence = claim(&mut tx, id, NOW).await.expect("claims");
    put_back(&mut tx, NOW + 1).await;
    assert!(!finish(&mut tx, id, fence).await);
    assert!(!fail(&mut tx, id, fence).await);
    assert_eq!(run(&mut tx, id).await.state, RunState::Queued);
    assert_eq!(claim(&mut tx, id, NOW + 2).await, Some(fence + 1));
}

async fn a_silent_run_is_put_back_once(db: &Db) {
    let mut tx = write(db).await;
    let id = asked(&mut tx, None, NOW).await;
    let asked = open(&mut tx).await;
    assert_eq!(asked, [SignOfLife { run: id, fence: 0, heartbeat_at: NOW }]);
    claim(&mut tx, id, NOW + 1).await.expect("claims");
    assert!(!runs::put_back(&mut tx, asked[0], NOW + 2).await.expect("answers"), "it was claimed since");
    assert_eq!(run(&mut tx, id).await.state, RunState::Running);

    let claimed = open(&mut tx).await[0];
    assert!(runs::put_back(&mut tx, claimed, NOW + 3).await.expect("answers"));
    assert_eq!(run(&mut tx, id).await.state, RunState::Queued);
    assert!(!runs::put_back(&mut tx, claimed, NOW + 4).await.expect("answers"), "another server was first");
    // A run whose task was lost while it waited.
    put_back(&mut tx, NOW + 5).await;
    let waiting = open(&mut tx).await[0];
    let fence = claim(&mut tx, id, NOW + 5).await.expect("claims");
    assert!(fail(&mut tx, id, fence).await);
    assert_eq!(open(&mut tx).await, []);
    for last in [waiting, SignOfLife { fence, ..waiting }] {
        assert!(!runs::put_back(&mut tx, last, NOW + 6).await.expect("answers"), "what has ended isn't taken up again");
    }
}

async fn what_waits_for_another_is_not_abandoned(db: &Db) {
    let mut tx = write(db).await;
    let first = asked(&mut tx, None, NOW).await;
    let second = other_job(&mut tx).await;
    assert_eq!(open(&mut tx).await.iter().map(|sign| sign.run).collect::<Vec<_>>(), [first, second]);
    let fence = claim(&mut tx, first, NOW).await.expect("claims");
    assert_eq!(open(&mut tx).await.iter().map(|sign| sign.run).collect::<Vec<_>>(), [first]);
    assert!(fail(&mut tx, first, fence).await);
    assert_eq!(open(&mut tx).await.iter().map(|sign| sign.run).collect::<Vec<_>>(), [second]);
}

async fn a_heartbeat_keeps_a_run(db: &Db) {
    let mut tx = write(db).await;
    let id = asked(&mut tx, None, NOW).await;
    let fence = claim(&mut tx, id, NOW).await.expect("claims");
    let claimed = open(&mut tx).await;
    runs::heartbeat(&mut tx, id, fence - 1, NOW + 1).await.expect("beats");
    assert_eq!(open(&mut tx).await, claimed, "an old fence's heart doesn't count");
    runs::heartbeat(&mut tx, id, fence, NOW + 1).await.expect("beats");
    assert_eq!(open(&mut tx).await, [SignOfLife { heartbeat_at: NOW + 1, ..claimed[0] }]);
    assert!(!runs::put_back(&mut tx, claimed[0], NOW + 2).await.expect("answers"));
}

async fn the_last_that_ended(db: &Db) {
    let mut tx = write(db).await;
    assert_eq!(runs::last_ended(&mut tx, JOB).await.expect("reads"), None);
    let first = asked(&mut tx, None, NOW).await;
    assert_eq!(runs::last_ended(&mut tx, JOB).await.expect("reads"), None, "it only waits");
    claim(&mut tx, first, NOW + 1).await.expect("claims");
    assert!(finish(&mut tx, first, 1).await);
    let other = other_job(&mut tx).await;
    claim(&mut tx, other, NOW + 2).await.expect("claims");
    assert!(finish(&mut tx, other, 1).await);
    let ended = runs::last_ended(&mut tx, JOB).await.expect("reads").expect("a run");
    assert_eq!(
        (ended.id, ended.state, ended.started_at),
        (first, RunState::Done { outcome: Outcome::Assigned(DID) }, Some(NOW + 1))
    );
    assert_eq!(
        number(&mut tx, format!("SELECT settings_version + finished_at FROM runs WHERE id = {first}")).await,
        NOW + 13
    );

    let second = asked(&mut tx, None, NOW + 3).await;
    claim(&mut tx, second, NOW + 3).await.expect("claims");
    assert_eq!(
        runs::last_ended(&mut tx, JOB).await.expect("reads").map(|run| run.id),
        Some(first),
        "the other is at work"
    );
    assert!(fail(&mut tx, second, 1).await);
    let ended = runs::last_ended(&mut tx, JOB).await.expect("reads").expect("a run");
    assert_eq!((ended.id, ended.state), (second, RunState::Failed { reason: "it broke".to_owned() }));
    assert_eq!(runs::active(&mut tx, JOB).await.expect("reads"), None);
}

async fn in_the_order_asked_for(db: &Db) {
    let mut tx = write(db).await;
    assert_eq!(runs::claim_next(&mut tx, NOW).await.expect("answers"), None, "none waits");
    let (first, second) = (other_job(&mut tx).await, asked(&mut tx, None, NOW).await);
    let claim = |run, job| runs::Claim { run, job, fence: 1 };
    assert_eq!(runs::claim_next(&mut tx, NOW).await.expect("answers"), Some(claim(first, Job::TopUp)));
    assert_eq!(runs::claim_next(&mut tx, NOW).await.expect("answers"), None, "jobs never overlap");
    assert!(fail(&mut tx, first, 1).await);
    assert_eq!(runs::claim_next(&mut tx, NOW).await.expect("answers"), Some(claim(second, JOB)));
    assert_eq!(run(&mut tx, second).await.started_at, Some(NOW + 9), "not before the other ended");
}
