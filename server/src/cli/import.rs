use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use calliyo_app::server::Services;
use calliyo_db::{
    import_rows,
    imports::{self, ImportFile},
};
use calliyo_domain::{
    import::{BadRow, sentence},
    job::{Outcome, Trigger},
};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::see_through::{see_through, watched};
use crate::start;

#[derive(Subcommand, Debug)]
pub enum ImportCommand {
    /// Leads from a CSV file with the columns FirstName, LastName, Phone, Email, Status and Tags, or usual other names
    Leads(LeadsArgs),
}

#[derive(Args, Debug)]
pub struct LeadsArgs {
    file: PathBuf,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    imported: u64,
    /// Skipped: a lead with that phone is there already, or comes earlier in the file.
    duplicates: u64,
    bad: Vec<BadRow>,
    #[serde(skip)]
    line: String,
}

/// Asks for the import and carries it out here, as a job like any other.
pub async fn import(url: &str, command: ImportCommand) -> anyhow::Result<ExitCode> {
    let ImportCommand::Leads(args) = command;
    let content = std::fs::read(&args.file).with_context(|| format!("{} can't be read", args.file.display()))?;
    let file = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let services = start::services(start::open_existing(url).await?, false);
    let report = execute(&services, ImportFile { file, content, columns: None, by: None }).await;
    services.db.close().await;
    let report = report.with_context(|| args.file.display().to_string())?;
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        println!("{}", report.line);
        for row in &report.bad {
            println!("line {}: {}", row.line, row.reason);
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn execute(services: &Services, file: ImportFile) -> anyhow::Result<Report> {
    let mut tx = services.db.write().await?;
    let run = imports::request(&mut tx, &file, Trigger::Command, services.clock.now()).await?;
    tx.commit().await?;
    let (_, outcome) = watched(services, see_through(services, run)).await?;
    let bad = import_rows::bad(&mut services.db.read().await?, run, i64::MAX).await?;
    let Outcome::Imported(outcome) = outcome else { bail!("run {run} is no import") };
    Ok(Report { imported: outcome.imported, duplicates: outcome.duplicates, bad, line: sentence(&outcome) })
}
