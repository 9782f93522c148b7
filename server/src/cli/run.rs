use std::process::ExitCode;

use anyhow::{Context as _, bail};
use calliyo_app::server::{Services, auto_assignment::last_run_line};
use calliyo_db::{assignment, runs, settings};
use calliyo_domain::{
    assignment::{Plan, Reason, plan},
    company,
    job::{AgentShare, Assigned, Job, RunState},
    last_run,
    settings::{AutoAssignment, General},
};
use clap::{Args, Subcommand};
use serde::Serialize;

use crate::{jobs, start};

#[derive(Subcommand, Debug)]
pub enum RunCommand {
    /// Auto lead assignment, with the saved settings
    AutoAssignment(RunArgs),
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
    outcome: Assigned,
    per_agent: Vec<AgentShare>,
    line: String,
}

pub async fn run(url: &str, command: RunCommand) -> anyhow::Result<ExitCode> {
    let RunCommand::AutoAssignment(args) = command;
    let services = start::services(start::open(url).await?, false);
    let report = if args.preview { preview(&services).await } else { execute(&services).await };
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

/// Asks for a run and carries it out here; servers of the same database see it and leave it alone.
async fn execute(services: &Services) -> anyhow::Result<Report> {
    let mut tx = services.db.write().await?;
    let id =
        match runs::request(&mut tx, Job::AutoAssignment, runs::Trigger::Command, None, services.clock.now()).await? {
            runs::Requested::New(id) => id,
            runs::Requested::UnderWay(id) => bail!("{} is under way already (run {id})", Job::AutoAssignment.title()),
        };
    tx.commit().await?;
    if !jobs::take_up(services, id).await? {
        bail!("another job is under way; run {id} follows when a server is up");
    }
    let mut tx = services.db.read().await?;
    let zone = company::zone(&settings::get::<General>(&mut tx).await?.value);
    let run = runs::by_id(&mut tx, id).await?.context("the run is gone")?;
    let line = last_run_line(&run, zone).unwrap_or_default();
    match run.state {
        RunState::Done { outcome } => {
            let per_agent = runs::shares(&mut tx, id).await?.into_iter().map(|share| share.share).collect();
            Ok(Report { outcome, per_agent, line })
        }
        RunState::Failed { reason } => bail!("the run failed: {reason}. Nothing was changed"),
        RunState::Queued | RunState::Running => bail!("another server took the run over"),
    }
}

/// What a run would do now, from the same planner.
async fn preview(services: &Services) -> anyhow::Result<Report> {
    let now = services.clock.now();
    let mut tx = services.db.read().await?;
    let section = settings::get::<AutoAssignment>(&mut tx).await?.value;
    let zone = company::zone(&settings::get::<General>(&mut tx).await?.value);
    let snapshot = assignment::snapshot(&mut tx, &section.statuses, now, |_| {}).await?;
    let plan = plan(&snapshot.plan);
    let per_agent = planned_shares(&snapshot.plan, &plan);
    let left = |reason| plan.left.iter().filter(|left| left.reason == reason).count() as u64;
    let outcome = Assigned {
        assigned: plan.moves.len() as u64,
        agents: per_agent.iter().filter(|share| share.given > 0).count() as u64,
        at_cap: left(Reason::AtCap),
        kept: left(Reason::NoOtherAgent),
        skipped: 0,
    };
    let line = last_run::assignment(&company::minute(now, zone), &RunState::Done { outcome }).unwrap_or_default();
    Ok(Report { outcome, per_agent, line: line.replacen("Last run:", "Preview:", 1) })
}

fn planned_shares(snapshot: &calliyo_domain::assignment::Snapshot, plan: &Plan) -> Vec<AgentShare> {
    let mut shares: Vec<AgentShare> = snapshot
        .agents
        .iter()
        .map(|agent| {
            let before = i64::from(agent.load);
            AgentShare { agent: agent.id, before, given: 0, taken: 0, after: before, cap: agent.cap.into() }
        })
        .collect();
    shares.sort_unstable_by_key(|share| share.agent);
    let position = |agent: i64, shares: &[AgentShare]| shares.binary_search_by_key(&agent, |share| share.agent).ok();
    let leads: std::collections::HashMap<i64, _> = snapshot.leads.iter().map(|lead| (lead.id, lead)).collect();
    for step in &plan.moves {
        if let Some(at) = position(step.to, &shares) {
            shares[at].given += 1;
            shares[at].after += 1;
        }
        let Some(lead) = leads.get(&step.lead) else { continue };
        if let Some(at) = lead.owner.and_then(|owner| position(owner, &shares)) {
            shares[at].taken += 1;
            shares[at].after -= i64::from(lead.on_queue);
        }
    }
    shares.retain(|share| share.given > 0 || share.taken > 0);
    shares
}
