//! The demo's daily jobs: on, and run once.

use anyhow::Context as _;
use calliyo_app::server::Services;
use calliyo_db::{Tx, settings, users};
use calliyo_domain::{
    job::Job,
    settings::{AutoAssignment, AutoRemoval, Section, TopUp},
    status,
    time_of_day::TimeOfDay,
};

use super::super::run;

/// Not Picked and Missed.
const STALE: [i64; 2] = [8, 9];

/// Switches the jobs on, as `admin` would, and runs each in the order of a day.
pub async fn work(services: &Services, admin: &str) -> anyhow::Result<()> {
    let mut tx = services.db.write().await?;
    let Some(admin) = users::by_email(&mut tx, admin).await? else { return Ok(()) };
    let (user, now) = (admin.id, services.clock.now());
    let statuses = [&[status::UNASSIGNED][..], &STALE].concat();
    save(&mut tx, &AutoAssignment { enabled: true, statuses, at: at(9, 0)? }, user, now).await?;
    save(&mut tx, &TopUp { enabled: true, at: at(9, 15)? }, user, now).await?;
    let removal = AutoRemoval { enabled: true, statuses: STALE.to_vec(), days: 21, at: at(20, 0)? };
    save(&mut tx, &removal, user, now).await?;
    tx.commit().await?;
    for job in [Job::AutoRemoval, Job::AutoAssignment, Job::TopUp] {
        run::execute(services, job).await?;
    }
    Ok(())
}

fn at(hour: u16, minute: u16) -> anyhow::Result<TimeOfDay> {
    TimeOfDay::new(hour, minute).context("no time of day")
}

async fn save<S: Section>(tx: &mut Tx, value: &S, user: i64, now: i64) -> anyhow::Result<()> {
    let version = settings::get::<S>(tx).await?.version;
    settings::save(tx, version, value, user, now).await?;
    Ok(())
}
