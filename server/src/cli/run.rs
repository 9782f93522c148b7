use std::{process::ExitCode, time::Duration};

use anyhow::{Context as _, anyhow, bail};
use calliyo_app::server::{
    Services, company_time,
    jobs::{last_run_line, plan, preview_line},
};
use calliyo_db::runs::{self, Run};
use calliyo_domain::job::{AgentShare, Job, Outcome, RunState, Trigger};
use chrono_tz::Tz;
use clap::{Args, Subcommand};
use serde::Serialize;
use tokio::time::sleep;

use crate::{jobs, start};

#[derive(Subcommand, Debug)]
pub enum RunCommand {
    /// Auto lead assignment, with the saved settings
    AutoAssignment(RunArgs),
    /// Daily lead top-up
    TopUp(RunArgs),
    /// Auto removal, with the saved settings
    AutoRemoval(RunArgs),
}

#[derive(Args, Debug)]
pub struct RunArgs {
    /// Say what would be done, and do nothing
    #[arg(long)]
    preview: bool,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    outcome: Outcome,
    per_agent: Vec<AgentShare>,
    line: String,
}

pub async fn run(url: &str, command: RunCommand) -> anyhow::Result<ExitCode> {
    let (job, args) = match command {
        RunCommand::AutoAssignment(args) => (Job::AutoAssignment, args),
        RunCommand::TopUp(args) => (Job::TopUp, args),
        RunCommand::AutoRemoval(args) => (Job::AutoRemoval, args),
    };
    let services = start::services(start::open_existing(url).await?, false);
    let report = if args.preview { preview(&services, job).await } else { execute(&services, job).await };
    services.db.close().await;
    let report = report?;
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        println!("{}", report.line);
        for share in &report.per_agent {
            let AgentShare { agent, before, given, taken, after, cap } = share;
            println!("agent {agent}: {before} before, {given} given, {taken} taken, {after} after, cap {cap}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks for a run and carries it out here, or waits for the server that was quicker.
async fn execute(services: &Services, job: Job) -> anyhow::Result<Report> {
    let under_way = |id: i64| anyhow!("{} is under way already (run {id})", job.title());
    // Looked for without the write lock, which a run at work may hold until it has ended.
    if let Some(run) = runs::active(&mut services.db.read().await?, job).await? {
        return Err(under_way(run.id));
    }
    let mut tx = services.db.write().await?;
    let id = match runs::request(&mut tx, job, Trigger::Command, None, services.clock.now()).await? {
        runs::Requested::New(id) => id,
        runs::Requested::UnderWay(id) => return Err(under_way(id)),
    };
    tx.commit().await?;
    let (run, outcome) = see_through(services, id).await?;
    let mut tx = services.db.read().await?;
    let line = last_run_line(&run, zone(services).await?).unwrap_or_default();
    let per_agent = runs::shares(&mut tx, id).await?.into_iter().map(|share| share.share).collect();
    Ok(Report { outcome, per_agent, line })
}

/// Carries the run out as soon as no other is at work, unless a server does it first; gives how it ended.
pub(super) async fn see_through(services: &Services, id: i64) -> anyhow::Result<(Run, Outcome)> {
    loop {
        jobs::take_up(services, id).await?;
        let run = runs::by_id(&mut services.db.read().await?, id).await?.context("the run is gone")?;
        match run.state.clone() {
            RunState::Done { outcome } => return Ok((run, outcome)),
            RunState::Failed { reason } => bail!("the run failed: {reason}. Nothing was changed"),
            RunState::Queued | RunState::Running | RunState::Missed => sleep(Duration::from_millis(200)).await,
        }
    }
}

/// What a run would do now, from the same planner.
async fn preview(services: &Services, job: Job) -> anyhow::Result<Report> {
    let now = services.clock.now();
    let planned = plan(&mut services.db.read().await?, job, now, |_, _| {}).await?;
    let line = preview_line(now, zone(services).await?, planned.outcome);
    Ok(Report { outcome: planned.outcome, per_agent: planned.moves.shares(), line })
}

async fn zone(services: &Services) -> anyhow::Result<Tz> {
    Ok(company_time::zone(&mut services.db.read().await?).await?)
}
