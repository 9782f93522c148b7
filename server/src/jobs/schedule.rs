use std::str::FromStr as _;

use apalis::prelude::{Data, Monitor, WorkerBuilder};
use apalis_cron::{CronScheduler, Tick};
use calliyo_app::{
    live::LiveEvent,
    server::{Services, schedule::plan},
};
use calliyo_db::{Tx, ledger, queue};
use calliyo_domain::{
    job::Job,
    schedule::{Due, due},
};
use cron::Schedule;
use tokio::sync::broadcast::error::RecvError;

/// Each minute's start; times of day are set to the minute. Only a tick: when a job is due is our own decision, from
/// the settings and the ledger, for which the cron library's time zones and memory would not do.
const EVERY_MINUTE: &str = "0 * * * * *";

/// Makes the runs that are due, until `stop`: at the start, at each minute's start, and after each save.
pub async fn schedule(services: Services, stop: impl Future<Output = ()> + Send + 'static) {
    let clock = Comparer::new(services);
    clock.compare().await;
    let after_saves = tokio::spawn(clock.clone().compare_after_saves());
    let ticks = Monitor::new().should_restart(|_, error| {
        tracing::warn!(%error, "the minute tick failed and starts again");
        true
    });
    let ticks = ticks.register(move |_| {
        let every_minute = Schedule::from_str(EVERY_MINUTE).expect("a cron expression");
        WorkerBuilder::new("schedule").backend(CronScheduler::new(every_minute)).data(clock.clone()).build(tick)
    });
    let signal = async {
        stop.await;
        Ok(())
    };
    if let Err(error) = ticks.run_with_signal(signal).await {
        tracing::error!(%error, "the minute tick ended");
    }
    after_saves.abort();
}

async fn tick(_: Tick, clock: Data<Comparer>) {
    clock.compare().await;
}

/// Compares the clock with what is set.
#[derive(Clone)]
pub struct Comparer {
    services: Services,
    /// When this server began to compare: what was due before, it was down for.
    up_since: i64,
}

impl Comparer {
    /// One that is up from now on.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self { up_since: services.clock.now(), services }
    }

    /// Makes what is due by now.
    pub async fn compare(&self) {
        if let Err(error) = self.try_compare().await {
            tracing::error!(%error, "what is due could not be looked up; the next minute tries again");
        }
    }

    async fn try_compare(&self) -> calliyo_db::Result<()> {
        let now = self.services.clock.now();
        // Without the write lock, since most minutes nothing is due.
        if !self.any_due(now).await? {
            return Ok(());
        }
        let mut tx = self.services.db.write().await?;
        for job in Job::DAILY {
            self.enqueue(&mut tx, job, now).await?;
        }
        self.services.commit(tx, &[LiveEvent::Runs]).await
    }

    async fn any_due(&self, now: i64) -> calliyo_db::Result<bool> {
        let mut tx = self.services.db.read().await?;
        for job in Job::DAILY {
            let due = self.due(&mut tx, job, now).await?;
            if due.run.is_some() || !due.missed.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn due(&self, tx: &mut Tx, job: Job, now: i64) -> calliyo_db::Result<Due> {
        let plan = plan(tx, job, now).await?;
        Ok(plan.map(|plan| due(&plan.daily, &plan.ledger, now, self.up_since)).unwrap_or_default())
    }

    /// Makes the run that is due and notes the dates that were missed; the ledger lets each date through once.
    async fn enqueue(&self, tx: &mut Tx, job: Job, now: i64) -> calliyo_db::Result<()> {
        let due = self.due(tx, job, now).await?;
        for slot in due.missed {
            tracing::warn!(job = job.title(), date = %slot.date, "missed: no server was up on that day in time");
            ledger::miss(tx, job, slot.date, now).await?;
        }
        if let Some((slot, trigger)) = due.run
            && let Some(run) = ledger::schedule(tx, job, slot.date, trigger, now).await?
        {
            tracing::info!(run, job = job.title(), date = %slot.date, ?trigger, "due");
            queue::push(tx, run).await?;
        }
        Ok(())
    }

    async fn compare_after_saves(self) {
        let mut changes = self.services.hub.subscribe();
        loop {
            match changes.recv().await {
                Ok(LiveEvent::Settings { .. }) | Err(RecvError::Lagged(_)) => self.compare().await,
                Ok(_) => {}
                Err(RecvError::Closed) => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tick_is_a_cron_expression() {
        assert!(Schedule::from_str(EVERY_MINUTE).is_ok());
    }
}
