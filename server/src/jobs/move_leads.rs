use calliyo_app::{
    live::LiveEvent,
    server::{Services, jobs::plan},
};
use calliyo_db::{
    moves::{apply, lock_agents},
    runs::{self, Claim},
};
use calliyo_domain::job::Phase;

use super::{failure::Failure, progress::Reporter};

/// A daily job: one snapshot, one plan, one transaction that holds the moves, their events, the counts and the run's
/// end. Where the fence is no longer ours, all of it is rolled back.
pub async fn run(services: &Services, claim: Claim, reporter: &Reporter) -> Result<(), Failure> {
    let mut tx = services.db.write().await?;
    reporter.say(Phase::Reading, 0, 0);
    lock_agents(&mut tx).await?;
    // By now, whoever was before this run has written when.
    let now = services.clock.now();
    let planned = plan(&mut tx, claim.job, now, |phase, leads| match phase {
        Phase::Reading => reporter.say(phase, leads, 0),
        _ => reporter.say(phase, 0, leads),
    })
    .await?;
    let total = planned.moves.steps.len() as u64;
    reporter.say(Phase::Moving, 0, total);
    let told = |moved| reporter.say(Phase::Moving, moved, total);
    let applied = apply(&mut tx, claim.run, &planned.moves, now, told).await?;
    reporter.say(Phase::Counting, total, total);
    let outcome = planned.outcome.applied(applied.moved, applied.agents(), applied.skipped);
    let version = Some(planned.settings_version);
    if !runs::finish(&mut tx, claim.run, claim.fence, &outcome, version, services.clock.now()).await? {
        return Err(Failure::TakenOver);
    }
    services.commit(tx, &[LiveEvent::Runs, LiveEvent::Leads]).await?;
    Ok(())
}
