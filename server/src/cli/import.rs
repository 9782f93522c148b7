mod columns;

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
    quoted::quoted,
};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::see_through::{see_through, watched};
use crate::start;
use columns::Columns;

#[derive(Subcommand, Debug)]
pub enum ImportCommand {
    /// Leads from a CSV file with the columns FirstName, LastName, Phone, Email, Status and Tags, or usual other names
    Leads(LeadsArgs),
}

#[derive(Args, Debug)]
pub struct LeadsArgs {
    file: PathBuf,
    /// Which column of the file is a field, such as Phone=phone1; may be given several times
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// The line that names the columns; otherwise the first that holds something
    #[arg(long, value_name = "N")]
    header_line: Option<u64>,
    /// How the file is written where it is neither UTF-8 nor UTF-16, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Commas belong to tags; otherwise they separate them, as semicolons do
    #[arg(long)]
    commas_in_tags: bool,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    imported: u64,
    /// Skipped: a lead with that phone is there already, or comes earlier in the file.
    duplicates: u64,
    /// Rows not taken in; lines, of those that a quote makes one.
    bad_rows: u64,
    /// The rows that were not taken in, as they stood; of several that a quote makes one the first.
    bad: Vec<BadRow>,
    /// Rows taken in without their email, which is none.
    without_email: Vec<BadRow>,
    /// Columns of the file that nothing was read from.
    passed_over: Vec<String>,
    #[serde(skip)]
    line: String,
}

/// Asks for the import and carries it out here, as a job like any other.
pub async fn import(url: &str, command: ImportCommand) -> anyhow::Result<ExitCode> {
    let ImportCommand::Leads(args) = command;
    let content = std::fs::read(&args.file).with_context(|| format!("{} can't be read", args.file.display()))?;
    let named = || args.file.display().to_string();
    let columns = columns::of(&args, &content).with_context(named)?;
    let file = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let services = start::services(start::open_existing(url).await?, false);
    let taken_as = Some(columns.mapping.text());
    let reading = serde_json::to_string(&columns.reading)?;
    let report = execute(&services, ImportFile { file, content, columns: taken_as, reading, by: None }).await;
    services.db.close().await;
    let report = Report { passed_over: columns.passed_over.clone(), ..report.with_context(named)? };
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print(&report, &columns);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(report: &Report, columns: &Columns) {
    println!("{}", report.line);
    if !columns.passed_over.is_empty() {
        let names: Vec<_> = columns.passed_over.iter().map(|name| quoted(name)).collect();
        println!("columns passed over: {}", names.join(", "));
    }
    for said in &columns.also_fit {
        println!("{said}");
    }
    for row in report.bad.iter().chain(&report.without_email) {
        println!("line {}: {}", row.line, row.reason);
    }
}

async fn execute(services: &Services, file: ImportFile) -> anyhow::Result<Report> {
    let mut tx = services.db.write().await?;
    let run = imports::request(&mut tx, &file, Trigger::Command, services.clock.now()).await?;
    tx.commit().await?;
    let (_, outcome) = watched(services, see_through(services, run)).await?;
    let mut tx = services.db.read().await?;
    let bad = import_rows::bad(&mut tx, run, i64::MAX).await?;
    let without_email = import_rows::remarks(&mut tx, run, i64::MAX).await?;
    let Outcome::Imported(outcome) = outcome else { bail!("run {run} is no import") };
    Ok(Report {
        imported: outcome.imported,
        duplicates: outcome.duplicates,
        bad_rows: outcome.bad,
        bad,
        without_email,
        passed_over: Vec::new(),
        line: sentence(&outcome),
    })
}
