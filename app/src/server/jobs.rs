//! The daily jobs: what each would do now, when it runs, and asking for a run.

use calliyo_db::{
    Tx, agents,
    moves::{self, Moves, Snapshot},
    queue, runs, settings, statuses,
};
use calliyo_domain::{
    assignment, company, fairness,
    job::{Job, Outcome, Phase, RunState, Trigger},
    last_run,
    permission::Permission,
    removal,
    schedule::next_run,
    settings::{AutoAssignment, AutoRemoval, Jobs, TopUp, conflicts},
    status, top_up,
};
use chrono_tz::Tz;
use tokio::task::spawn_blocking;

use super::{Services, company_time, forms, schedule, session};
use crate::{
    Fault,
    live::LiveEvent,
    settings::{
        CONFIGURATIONS,
        jobs::{ActiveRun, JobPanel, NamedShare, RunNow},
    },
    ui::Moment,
};

/// What a job would do, worked out on one snapshot.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The version of the job's settings.
    pub settings_version: i64,
    pub moves: Moves,
    /// What a run would report if nothing changed meanwhile.
    pub outcome: Outcome,
}

/// Why a plan could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    #[error(transparent)]
    Db(#[from] calliyo_db::Error),
    #[error("the planner panicked: {0}")]
    Panic(String),
    #[error("{} moves no leads from agent to agent", .0.title())]
    NotDaily(Job),
}

impl From<PlanError> for Fault {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Db(error) => error.into(),
            PlanError::Panic(_) | PlanError::NotDaily(_) => {
                tracing::error!(%error, "a plan could not be made");
                Self::Unavailable
            }
        }
    }
}

/// Plans `job` with the saved settings on a snapshot of `tx`: the preview and the run are the same. `progress` is told
/// the phase and the leads read so far, or to be planned.
pub async fn plan(tx: &mut Tx, job: Job, now: i64, progress: impl Fn(Phase, u64)) -> Result<Planned, PlanError> {
    let read = |leads| progress(Phase::Reading, leads);
    let at = moves::Moment { now, fair_since: fairness::since(now, company_time::zone(tx).await?) };
    match job {
        Job::AutoAssignment => {
            let section = settings::get::<AutoAssignment>(tx).await?;
            let snapshot = moves::snapshot(tx, &section.value.statuses, at, read).await?;
            progress(Phase::Planning, snapshot.plan.leads.len() as u64);
            away(snapshot, section.version, |snapshot| {
                let plan = assignment::plan(&snapshot.plan);
                (Moves::giving(Job::AutoAssignment, snapshot, &plan), Outcome::Assigned(plan.counts(&snapshot.plan)))
            })
            .await
        }
        Job::TopUp => {
            let section = settings::get::<TopUp>(tx).await?;
            let snapshot = moves::snapshot(tx, &[status::UNASSIGNED], at, read).await?;
            progress(Phase::Planning, snapshot.plan.leads.len() as u64);
            away(snapshot, section.version, |snapshot| {
                let plan = top_up::plan(&snapshot.plan);
                let outcome = Outcome::Added(top_up::counts(&snapshot.plan, &plan));
                (Moves::giving(Job::TopUp, snapshot, &plan), outcome)
            })
            .await
        }
        Job::AutoRemoval => {
            let section = settings::get::<AutoRemoval>(tx).await?;
            let snapshot = moves::snapshot_of_owned(tx, &section.value.statuses, now, read).await?;
            progress(Phase::Planning, snapshot.plan.leads.len() as u64);
            let days = section.value.days;
            away(snapshot, section.version, move |snapshot| {
                let plan = removal::plan(&removal::Snapshot::of(&snapshot.plan.leads, days, now));
                (Moves::taking(Job::AutoRemoval, snapshot, &plan), Outcome::Removed(plan.counts()))
            })
            .await
        }
        Job::LeadImport => Err(PlanError::NotDaily(job)),
    }
}

/// Plans away from the async threads: a million leads take a second of a core.
async fn away(
    snapshot: Snapshot,
    settings_version: i64,
    plan: impl FnOnce(&Snapshot) -> (Moves, Outcome) + Send + 'static,
) -> Result<Planned, PlanError> {
    let (moves, outcome) =
        spawn_blocking(move || plan(&snapshot)).await.map_err(|error| PlanError::Panic(error.to_string()))?;
    Ok(Planned { settings_version, moves, outcome })
}

pub(crate) async fn panel(job: Job) -> Result<JobPanel, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Settings).await?;
    let mut tx = services.read().await?;
    let zone = company_time::zone(&mut tx).await?;
    let active = runs::active(&mut tx, job).await?.map(|run| active(&services, run, zone));
    let last = runs::last_ended(&mut tx, job).await?;
    let shares = match &last {
        Some(run) => runs::shares(&mut tx, run.id).await?,
        None => Vec::new(),
    };
    Ok(JobPanel {
        line: last.as_ref().and_then(|run| last_run_line(run, zone)).unwrap_or_else(|| last_run::NEVER.to_owned()),
        shares: named(shares),
        active,
        next: next(&mut tx, job, services.clock.now()).await?.map(|at| Moment::of(at, zone)),
        warnings: warnings(&mut tx, job, services.clock.now()).await?,
    })
}

/// A run that waits or is at work, as far as this server has heard.
pub(super) fn active(services: &Services, run: runs::Run, zone: Tz) -> ActiveRun {
    ActiveRun {
        run: run.id,
        since: Moment::of(run.requested_at, zone),
        by: match run.trigger {
            Trigger::Command => Some("the command line".to_owned()),
            Trigger::RunNow | Trigger::Schedule | Trigger::CatchUp => run.requested_by,
        },
        progress: services.hub.progress_of(run.id),
    }
}

pub(super) fn named(shares: Vec<runs::Share>) -> Vec<NamedShare> {
    shares.into_iter().map(|share| NamedShare { name: share.name, share: share.share }).collect()
}

/// When the job runs next by itself, in unix milliseconds.
async fn next(tx: &mut Tx, job: Job, now: i64) -> calliyo_db::Result<Option<i64>> {
    let plan = schedule::plan(tx, job, now).await?;
    Ok(plan.and_then(|plan| next_run(&plan.daily, &plan.ledger, now)).map(|slot| slot.instant))
}

async fn warnings(tx: &mut Tx, job: Job, now: i64) -> Result<Vec<String>, Fault> {
    let jobs = Jobs {
        assignment: settings::get(tx).await?.value,
        top_up: settings::get(tx).await?.value,
        removal: settings::get(tx).await?.value,
    };
    let receivers = if jobs.gives(job) { Some(agents::count_receivers(tx).await?) } else { None };
    let statuses = if jobs.compete(job) { statuses::list(tx).await? } else { Vec::new() };
    let full = receivers.is_some_and(|receivers| receivers.are_full());
    // Top-up takes none from anybody, so that no place is freed.
    let moves = full && job == Job::AutoAssignment && moves::would_swap(tx, &jobs.assignment.statuses, now).await?;
    Ok(conflicts(job, &jobs, receivers, moves, &statuses))
}

/// The last-run line of a run, its time being when it started.
#[must_use]
pub fn last_run_line(run: &runs::Run, zone: Tz) -> Option<String> {
    last_run::line(&company::minute(run.began(), zone), &run.state)
}

pub(crate) async fn preview(job: Job) -> Result<Outcome, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Settings).await?;
    let mut tx = services.read().await?;
    Ok(plan(&mut tx, job, services.clock.now(), |_, _| {}).await?.outcome)
}

pub(crate) async fn run_now(job: Job) -> Result<RunNow, Fault> {
    let result = try_run_now(job).await;
    let here = format!("#{}", job.key());
    match &result {
        Ok(_) => forms::done(&format!("{CONFIGURATIONS}{here}")),
        Err(fault) => forms::refused(CONFIGURATIONS, &[("job", job.key().to_owned())], fault, &here),
    }
    result
}

async fn try_run_now(job: Job) -> Result<RunNow, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Settings).await?;
    if !Job::DAILY.contains(&job) {
        return Err(Fault::NotFound);
    }
    // Looked for without the write lock, which a run at work may hold until it has ended.
    if let Some(run) = runs::active(&mut services.read().await?, job).await? {
        return Ok(RunNow::UnderWay { run: run.id });
    }
    let mut tx = services.db.write().await?;
    match runs::request(&mut tx, job, Trigger::RunNow, Some(user.id), services.clock.now()).await? {
        runs::Requested::UnderWay(run) => Ok(RunNow::UnderWay { run }),
        runs::Requested::New(run) => {
            queue::push(&mut tx, run).await?;
            services.commit(tx, &[LiveEvent::Runs]).await?;
            Ok(RunNow::Started { run })
        }
    }
}

/// The line of a preview: what a run at `now` would say.
#[must_use]
pub fn preview_line(now: i64, zone: Tz, outcome: Outcome) -> String {
    let state = RunState::Done { outcome };
    let line = last_run::line(&company::minute(now, zone), &state).unwrap_or_default();
    line.replacen("Last run:", "Preview:", 1)
}
