use calliyo_db::{Tx, assignment, queue, runs, settings, statuses};
use calliyo_domain::{
    assignment::{Reason, plan},
    company,
    job::Job,
    last_run,
    permission::Permission,
    settings::{AutoAssignment, General, Section},
    status,
};
use chrono_tz::Tz;

use super::{Services, forms, schedule, session};
use crate::{
    Fault,
    live::LiveEvent,
    settings::configurations::auto_assignment::{
        ActiveRun, Draft, JobPanel, NamedShare, Preview, RunNow, SavedBy, SavedSection,
    },
};

const PAGE: &str = "/settings?tab=configurations";
const HERE: &str = "#auto-assignment";

pub(crate) async fn read() -> Result<SavedSection, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Settings).await?;
    section(&mut services.db.read().await?).await
}

async fn section(tx: &mut Tx) -> Result<SavedSection, Fault> {
    let current = settings::get::<AutoAssignment>(tx).await?;
    let zone = zone(tx).await?;
    let mut statuses = statuses::list(tx).await?;
    statuses.retain(|s| status::assignable(s.id));
    let saved = saved_by(tx, zone).await?;
    Ok(SavedSection {
        version: current.version,
        value: current.value,
        statuses,
        time_zone: zone.name().to_owned(),
        saved,
    })
}

async fn saved_by(tx: &mut Tx, zone: Tz) -> Result<Option<SavedBy>, Fault> {
    let save = settings::last_save(tx, AutoAssignment::KEY).await?;
    Ok(save.map(|save| SavedBy { name: save.by_name, at: company::minute(save.at, zone) }))
}

pub(crate) async fn save(draft: Draft, password: String) -> Result<SavedSection, Fault> {
    let result = try_save(&draft, password).await;
    match &result {
        Ok(_) => forms::done(&format!("{PAGE}&saved={}{HERE}", AutoAssignment::KEY)),
        Err(fault) => {
            let typed = [("section", AutoAssignment::KEY.to_owned()), ("draft", forms::json(&draft))];
            forms::refused(PAGE, &typed, fault, HERE);
        }
    }
    result
}

async fn try_save(draft: &Draft, password: String) -> Result<SavedSection, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Settings).await?;
    session::confirm_password(&services, &user, password).await?;
    let mut tx = services.db.write().await?;
    let known = statuses::list(&mut tx).await?;
    let value = AutoAssignment::from_form(draft.enabled, draft.statuses.clone(), &draft.at, &known)?;
    if settings::save(&mut tx, draft.version, &value, user.id, services.clock.now()).await?.is_none() {
        let zone = zone(&mut tx).await?;
        let other = saved_by(&mut tx, zone).await?.ok_or(Fault::Unavailable)?;
        return Err(Fault::Stale { by: other.name, at: other.at });
    }
    let saved = section(&mut tx).await?;
    services.commit(tx, &[LiveEvent::Settings { section: AutoAssignment::KEY.to_owned() }]).await?;
    Ok(saved)
}

pub(crate) async fn panel() -> Result<JobPanel, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Settings).await?;
    let mut tx = services.db.read().await?;
    let zone = zone(&mut tx).await?;
    let active = runs::active(&mut tx, Job::AutoAssignment).await?.map(|run| ActiveRun {
        run: run.id,
        since: company::minute(run.requested_at, zone),
        by: run.requested_by,
        progress: services.hub.progress_of(run.id),
    });
    let next = schedule::plan::<AutoAssignment>(&mut tx, services.clock.now()).await?.and_then(|plan| {
        let slot = calliyo_domain::schedule::next_run(&plan.daily, &plan.ledger, services.clock.now())?;
        Some(company::minute(slot.instant, zone))
    });
    let last = runs::last_ended(&mut tx, Job::AutoAssignment).await?;
    let line = last.as_ref().and_then(|run| last_run_line(run, zone));
    let shares = match &last {
        Some(run) => runs::shares(&mut tx, run.id).await?,
        None => Vec::new(),
    };
    Ok(JobPanel {
        line: line.unwrap_or_else(|| last_run::NEVER.to_owned()),
        shares: shares.into_iter().map(|share| NamedShare { name: share.name, share: share.share }).collect(),
        active,
        next,
    })
}

/// The last-run line of a run, its time being when it started.
#[must_use]
pub fn last_run_line(run: &runs::Run, zone: Tz) -> Option<String> {
    last_run::assignment(&company::minute(run.started_at.unwrap_or(run.requested_at), zone), &run.state)
}

pub(crate) async fn preview() -> Result<Preview, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Settings).await?;
    let mut tx = services.db.read().await?;
    let current = settings::get::<AutoAssignment>(&mut tx).await?;
    let snapshot = assignment::snapshot(&mut tx, &current.value.statuses, services.clock.now(), |_| {}).await?;
    drop(tx);
    let plan = tokio::task::spawn_blocking(move || plan(&snapshot.plan)).await.map_err(|_| Fault::Unavailable)?;
    let mut receivers: Vec<_> = plan.moves.iter().map(|step| step.to).collect();
    receivers.sort_unstable();
    receivers.dedup();
    let left = |reason| plan.left.iter().filter(|left| left.reason == reason).count() as u64;
    Ok(Preview {
        assigned: plan.moves.len() as u64,
        agents: receivers.len() as u64,
        at_cap: left(Reason::AtCap),
        kept: left(Reason::NoOtherAgent),
    })
}

pub(crate) async fn run_now() -> Result<RunNow, Fault> {
    let result = try_run_now().await;
    match &result {
        Ok(_) => forms::done(&format!("{PAGE}{HERE}")),
        Err(fault) => forms::refused(PAGE, &[], fault, HERE),
    }
    result
}

async fn try_run_now() -> Result<RunNow, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Settings).await?;
    let mut tx = services.db.write().await?;
    let now = services.clock.now();
    match runs::request(&mut tx, Job::AutoAssignment, runs::Trigger::RunNow, Some(user.id), now).await? {
        runs::Requested::UnderWay(run) => Ok(RunNow::UnderWay { run }),
        runs::Requested::New(run) => {
            queue::push(&mut tx, run).await?;
            services.commit(tx, &[LiveEvent::Runs]).await?;
            Ok(RunNow::Started { run })
        }
    }
}

/// The company's time zone.
async fn zone(tx: &mut Tx) -> Result<Tz, Fault> {
    let general = settings::get::<General>(tx).await?;
    Ok(company::zone(&general.value))
}
