//! When a job is due: its section, the company's zone and the ledger of its dates, put before `domain`.

use std::collections::BTreeSet;

use calliyo_db::{Tx, ledger, settings};
use calliyo_domain::{
    job::Job,
    schedule::{self, Daily},
    settings::{AutoAssignment, AutoRemoval, DailyJob, General, TopUp},
    time_of_day::TimeOfDay,
};
use chrono::NaiveDate;

use super::company_time;

/// A job that is switched on, and the dates it has had already.
pub struct Plan {
    pub daily: Daily,
    pub ledger: BTreeSet<NaiveDate>,
}

/// The daily plan of a job at `now`; nothing while it is switched off, or if it isn't a daily one.
pub async fn plan(tx: &mut Tx, job: Job, now: i64) -> calliyo_db::Result<Option<Plan>> {
    match job {
        Job::AutoRemoval => plan_of::<AutoRemoval>(tx, now).await,
        Job::AutoAssignment => plan_of::<AutoAssignment>(tx, now).await,
        Job::TopUp => plan_of::<TopUp>(tx, now).await,
        Job::LeadImport => Ok(None),
    }
}

async fn plan_of<S: DailyJob>(tx: &mut Tx, now: i64) -> calliyo_db::Result<Option<Plan>> {
    let Some(at) = settings::get::<S>(tx).await?.value.daily_at() else { return Ok(None) };
    let zone = company_time::zone(tx).await?;
    let switched = schedule::last_change(settings::history::<S>(tx).await?, S::daily_at);
    let moved = schedule::last_change(settings::history::<General>(tx).await?, |general| general.time_zone.clone());
    let daily = Daily { zone, at, since: switched.max(moved).unwrap_or(i64::MIN) };
    let ledger = match schedule::ledger_from(&daily, now) {
        Some(from) => ledger::dates(tx, S::JOB, from, now).await?,
        None => BTreeSet::new(),
    };
    Ok(Some(Plan { daily, ledger }))
}

/// The time of day that a job runs at, before and after each save of its section; nothing while it is switched off.
pub type Times = Vec<(i64, Option<TimeOfDay>, Option<TimeOfDay>)>;

/// The times of day a job has had, oldest save first: for [`calliyo_domain::settings::as_of`].
pub async fn times(tx: &mut Tx, job: Job) -> calliyo_db::Result<Times> {
    match job {
        Job::AutoRemoval => times_of::<AutoRemoval>(tx).await,
        Job::AutoAssignment => times_of::<AutoAssignment>(tx).await,
        Job::TopUp => times_of::<TopUp>(tx).await,
        Job::LeadImport => Ok(Times::new()),
    }
}

async fn times_of<S: DailyJob>(tx: &mut Tx) -> calliyo_db::Result<Times> {
    let saves = settings::history::<S>(tx).await?;
    Ok(saves.into_iter().map(|(at, before, after)| (at, before.daily_at(), after.daily_at())).collect())
}
