use std::process::ExitCode;

use anyhow::bail;
use calliyo_app::server::{
    Services, company_time,
    jobs::{last_run_line, plan, preview_line},
};
use calliyo_db::runs::{self, Requested, SignOfLife};
use calliyo_domain::job::{AgentShare, Job, Outcome, RunState, Trigger};
use chrono_tz::Tz;
use clap::{Args, Subcommand};
use serde::Serialize;
use tokio::time::sleep;

use super::see_through::{LOOK, see_through, watched};
use crate::start;

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
pub(super) struct Report {
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
pub(super) async fn execute(services: &Services, job: Job) -> anyhow::Result<Report> {
    let asked_and_seen_through = async { see_through(services, ask(services, job).await?).await };
    let (run, outcome) = watched(services, asked_and_seen_through).await?;
    let mut tx = services.db.read().await?;
    let line = last_run_line(&run, zone(services).await?).unwrap_or_default();
    let per_agent = runs::shares(&mut tx, run.id).await?.into_iter().map(|share| share.share).collect();
    Ok(Report { outcome, per_agent, line })
}

/// Gives a new run, or the one that waits already; refuses where one is at work. Whether it still is shows with its
/// next sign of life: if there is none, the watchman has it wait again.
async fn ask(services: &Services, job: Job) -> anyhow::Result<i64> {
    let mut last: Option<SignOfLife> = None;
    loop {
        // Looked for without the write lock, which a run at work may hold until it has ended.
        let mut tx = services.db.read().await?;
        let Some(run) = runs::active(&mut tx, job).await? else {
            drop(tx);
            match request(services, job).await? {
                Requested::New(id) => return Ok(id),
                Requested::UnderWay(_) => continue,
            }
        };
        if run.state == RunState::Queued {
            return Ok(run.id);
        }
        let sign = runs::open(&mut tx).await?.into_iter().find(|sign| sign.run == run.id);
        if last.is_some() && sign.is_some() && sign != last {
            bail!("{} is under way already (run {})", job.title(), run.id);
        }
        last = sign;
        drop(tx);
        sleep(LOOK).await;
    }
}

async fn request(services: &Services, job: Job) -> calliyo_db::Result<Requested> {
    let mut tx = services.db.write().await?;
    let asked = runs::request(&mut tx, job, Trigger::Command, None, services.clock.now()).await?;
    tx.commit().await?;
    Ok(asked)
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
