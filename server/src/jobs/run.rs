use std::{panic::AssertUnwindSafe, time::Duration};

use calliyo_app::{live::LiveEvent, server::Services};
use calliyo_db::{
    Tx,
    runs::{self, Claim, MAX_CLAIMS},
};
use calliyo_domain::job::Job;
use futures::FutureExt as _;
use tokio::{
    task::JoinHandle,
    time::{sleep, timeout},
};

use super::{failure::Failure, import_leads, move_leads, progress::Reporter, watch::LEASE};

/// How long a run may take, in minutes; a million leads take seconds.
const LIMIT: u64 = 10;

/// Claims the run that has waited longest and carries it out; gives whether there was one to be had.
pub async fn take_next(services: &Services) -> calliyo_db::Result<bool> {
    let mut tx = services.db.write().await?;
    let claim = runs::claim_next(&mut tx, services.clock.now()).await?;
    carry_out(services, tx, claim).await
}

/// Claims this waiting run and carries it out; gives whether it was to be had.
pub async fn take_up(services: &Services, run: i64) -> calliyo_db::Result<bool> {
    let mut tx = services.db.write().await?;
    let claim = runs::claim(&mut tx, run, services.clock.now()).await?;
    carry_out(services, tx, claim).await
}

/// However it goes, the run ends as done or as failed with its reason, and nothing is half applied; only where the
/// database is gone does it stay claimed, until the watchman puts it back.
async fn carry_out(services: &Services, tx: Tx, claim: Option<Claim>) -> calliyo_db::Result<bool> {
    let Some(claim) = claim else { return Ok(false) };
    services.commit(tx, &[LiveEvent::Runs]).await?;
    let Claim { run, job, fence } = claim;
    tracing::info!(run, job = job.title(), fence, "run started");
    let ended = if fence > MAX_CLAIMS {
        Err("the server stopped each time it was at work on it".to_owned())
    } else {
        let _pulse = Pulse::start(services.clone(), run, fence);
        let reporter = Reporter::start(services.clone(), claim);
        guarded(work(services, claim, &reporter)).await.map_err(|failure| {
            tracing::error!(run, job = job.title(), fence, %failure, "run failed");
            failure.reason()
        })
    };
    match ended {
        Ok(()) => tracing::info!(run, job = job.title(), fence, "run done"),
        Err(reason) => fail(services, run, fence, &reason).await,
    }
    Ok(true)
}

async fn work(services: &Services, claim: Claim, reporter: &Reporter) -> Result<(), Failure> {
    match claim.job {
        Job::AutoRemoval | Job::AutoAssignment | Job::TopUp => move_leads::run(services, claim, reporter).await,
        Job::LeadImport => import_leads::run(services, claim, reporter).await,
    }
}

/// Turns a panic and a time-out into failures.
async fn guarded(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    match timeout(Duration::from_secs(LIMIT * 60), AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => Err(Failure::Panic(message(panic.as_ref()))),
        Err(_) => Err(Failure::TimeOut(LIMIT)),
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

/// Writes the reason down; tries again where the database is away, but never waits for long: no other run is worked at
/// meanwhile. Given up in the end, since the watchman puts the run back when the database is there again.
async fn fail(services: &Services, run: i64, fence: i64, reason: &str) {
    for _ in 0..30 {
        match try_fail(services, run, fence, reason).await {
            Ok(()) => return,
            Err(error) => tracing::error!(run, fence, %error, "the failure could not be written down"),
        }
        sleep(Duration::from_secs(2)).await;
    }
}

async fn try_fail(services: &Services, run: i64, fence: i64, reason: &str) -> calliyo_db::Result<()> {
    let mut tx = services.db.write().await?;
    runs::fail(&mut tx, run, fence, reason, services.clock.now()).await?;
    services.commit(tx, &[LiveEvent::Runs]).await
}

/// Says that the run's server is alive, until dropped.
struct Pulse(JoinHandle<()>);

impl Pulse {
    fn start(services: Services, run: i64, fence: i64) -> Self {
        Self(tokio::spawn(async move {
            loop {
                sleep(LEASE / 4).await;
                if let Err(error) = beat(&services, run, fence).await {
                    tracing::warn!(run, fence, %error, "the run's heartbeat could not be written");
                }
            }
        }))
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn beat(services: &Services, run: i64, fence: i64) -> calliyo_db::Result<()> {
    let mut tx = services.db.write().await?;
    runs::heartbeat(&mut tx, run, fence, services.clock.now()).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_failure_with_its_words_in_the_log() {
        let failure = guarded(async { panic!("out of {}", "luck") }).await.expect_err("it panicked");
        assert_eq!(failure.to_string(), "panicked: out of luck");
        assert_eq!(failure.reason(), "an error in the program, which is in the server's log");
    }

    #[tokio::test(start_paused = true)]
    async fn a_run_that_never_ends_is_a_failure() {
        let failure = guarded(std::future::pending()).await.expect_err("it took too long");
        assert_eq!(failure.reason(), "it took longer than 10 minutes");
    }
}
