use std::{
    io::{self, BufRead as _, BufWriter, Write as _},
    process::ExitCode,
};

use anyhow::{Context as _, anyhow};
use calliyo_domain::{assignment, removal, top_up};
use clap::Subcommand;

#[derive(Subcommand, Debug)]
pub enum PlanCommand {
    /// Auto lead assignment
    AutoAssignment,
    /// Daily lead top-up
    TopUp,
    /// Auto removal
    AutoRemoval,
}

/// Answers each line of standard input with a line of standard output; stops at the first that isn't a snapshot.
pub fn plan(command: PlanCommand) -> anyhow::Result<ExitCode> {
    let answer = match command {
        PlanCommand::AutoAssignment => assign,
        PlanCommand::TopUp => top_up,
        PlanCommand::AutoRemoval => remove,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for (line, number) in io::stdin().lock().lines().zip(1..) {
        let line = line.with_context(|| format!("standard input, line {number}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let plan = answer(&line).with_context(|| format!("standard input, line {number}"));
        let plan = match plan {
            Ok(plan) => plan,
            Err(error) => {
                out.flush()?;
                return Err(error);
            }
        };
        writeln!(out, "{plan}")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn assign(line: &str) -> anyhow::Result<String> {
    let snapshot: assignment::Snapshot = serde_json::from_str(line)?;
    snapshot.check().map_err(|error| anyhow!(error))?;
    Ok(serde_json::to_string(&assignment::plan(&snapshot))?)
}

fn top_up(line: &str) -> anyhow::Result<String> {
    let snapshot: assignment::Snapshot = serde_json::from_str(line)?;
    snapshot.check().map_err(|error| anyhow!(error))?;
    Ok(serde_json::to_string(&top_up::plan(&snapshot))?)
}

fn remove(line: &str) -> anyhow::Result<String> {
    let snapshot: removal::Snapshot = serde_json::from_str(line)?;
    snapshot.check().map_err(|error| anyhow!(error))?;
    Ok(serde_json::to_string(&removal::plan(&snapshot))?)
}
