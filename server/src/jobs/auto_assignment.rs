use calliyo_app::{live::LiveEvent, server::Services};
use calliyo_db::{
    assignment::{Snapshot, apply, lock_agents, snapshot},
    runs, settings,
};
use calliyo_domain::{
    assignment::{Plan, plan},
    job::Phase,
    settings::AutoAssignment,
};
use tokio::task::spawn_blocking;

use super::{failure::Failure, progress::Reporter};

/// Auto lead assignment: one snapshot, one plan, one transaction that holds the moves, their events, the counts and
/// the run's end. Where the fence is no longer ours, all of it is rolled back.
pub async fn run(services: &Services, run: i64, fence: i64, reporter: &Reporter) -> Result<(), Failure> {
    let now = services.clock.now();
    let mut tx = services.db.write().await?;
    let section = settings::get::<AutoAssignment>(&mut tx).await?;
    reporter.say(Phase::Reading, 0, 0);
    lock_agents(&mut tx).await?;
    let snapshot =
        snapshot(&mut tx, &section.value.statuses, now, |read| reporter.say(Phase::Reading, read, 0)).await?;
    reporter.say(Phase::Planning, 0, snapshot.plan.leads.len() as u64);
    let (snapshot, plan) = planned(snapshot).await?;
    let total = plan.moves.len() as u64;
    reporter.say(Phase::Moving, 0, total);
    let applied = apply(&mut tx, run, &snapshot, &plan, now, |moved| reporter.say(Phase::Moving, moved, total)).await?;
    reporter.say(Phase::Counting, total, total);
    if !runs::finish(&mut tx, run, fence, &applied.outcome, section.version, services.clock.now()).await? {
        return Err(Failure::TakenOver);
    }
    services.commit(tx, &[LiveEvent::Runs, LiveEvent::Leads]).await?;
    Ok(())
}

/// Plans away from the async threads: a million leads take a second of a core.
async fn planned(snapshot: Snapshot) -> Result<(Snapshot, Plan), Failure> {
    let work = spawn_blocking(move || {
        let plan = plan(&snapshot.plan);
        (snapshot, plan)
    });
    work.await.map_err(|error| Failure::Panic(error.to_string()))
}
