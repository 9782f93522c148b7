use std::{str::FromStr as _, sync::Arc};

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
use tokio::sync::{Mutex, broadcast::error::RecvError};

/// Only a tick: when a job is due is our own decision, from the settings and the ledger, for which the cron library's
/// time zones and memory would not do. Each second, since the library sleeps until the next tick and doesn't see the
/// system's clock being set meanwhile: a minute's tick would come up to a minute late.
const TICK: &str = "* * * * * *";

/// Times of day are set to the minute; in milliseconds.
const MINUTE: i64 = 60 * 1000;

/// Makes the runs that are due, until `stop`: at the start, at each minute's start, and after each save.
pub async fn schedule(services: Services, stop: impl Future<Output = ()> + Send + 'static) {
    let comparer = Comparer::new(services);
    comparer.compare().await;
    let after_saves = tokio::spawn(comparer.clone().compare_after_saves());
    let ticks = Monitor::new().should_restart(|_, error| {
        tracing::warn!(%error, "the schedule's tick failed and starts again");
        true
    });
    let ticks = ticks.register(move |_| {
        let ticks = Schedule::from_str(TICK).expect("a cron expression");
        WorkerBuilder::new("schedule").backend(CronScheduler::new(ticks)).data(comparer.clone()).build(tick)
    });
    let signal = async {
        stop.await;
        Ok(())
    };
    if let Err(error) = ticks.run_with_signal(signal).await {
        tracing::error!(%error, "the schedule's tick ended");
    }
    after_saves.abort();
}

async fn tick(_: Tick, comparer: Data<Comparer>) {
    comparer.look().await;
}

/// Compares the clock with what is set.
#[derive(Clone)]
pub struct Comparer {
    services: Services,
    /// When this server began to compare: what was due before, it was down for.
    up_since: i64,
    /// The minute that was last compared; held while it is.
    compared: Arc<Mutex<Option<i64>>>,
}

impl Comparer {
    /// One that is up from now on.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self { up_since: services.clock.now(), services, compared: Arc::default() }
    }

    /// Compares, if a minute has begun since that was last done, or it failed.
    pub async fn look(&self) {
        // One at a time: where the database keeps it waiting, the looks don't pile up.
        let Ok(mut compared) = self.compared.try_lock() else { return };
        let minute = self.services.clock.now().div_euclid(MINUTE);
        if *compared != Some(minute) && self.compare().await {
            *compared = Some(minute);
        }
    }

    /// Makes what is due by now; gives whether it could be looked up.
    pub async fn compare(&self) -> bool {
        let looked_up = self.try_compare().await;
        if let Err(error) = &looked_up {
            tracing::error!(%error, "what is due could not be looked up and is tried again");
        }
        looked_up.is_ok()
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
        if due != Due::default() {
            let ahead = ledger::forget_ahead(tx, job, now).await?;
            if ahead > 0 {
                tracing::warn!(
                    job = job.title(),
                    ahead,
                    "the clock ran ahead: dates that haven't come were called missed"
                );
            }
        }
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
                Ok(LiveEvent::Settings { .. }) | Err(RecvError::Lagged(_)) => {
                    self.compare().await;
                }
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
        assert!(Schedule::from_str(TICK).is_ok());
    }
}
