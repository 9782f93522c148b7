use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use calliyo_app::live::LiveEvent;
use calliyo_db::{import, settings, statuses};
use calliyo_domain::settings::General;
use clap::{Args, Subcommand};
use serde::Serialize;

use crate::{
    leads_csv::{BadRow, parse},
    start,
};

#[derive(Subcommand, Debug)]
pub enum ImportCommand {
    /// Leads from a CSV file with the columns FirstName, LastName, Phone, Email, Status and Tags
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
    imported: usize,
    /// Skipped: a lead with that phone is there already, or comes earlier in the file.
    duplicates: usize,
    bad: Vec<BadRow>,
}

pub async fn import(url: &str, command: ImportCommand) -> anyhow::Result<ExitCode> {
    let ImportCommand::Leads(args) = command;
    let file = args.file.display();
    let bytes = std::fs::read(&args.file).with_context(|| format!("{file} can't be read"))?;
    let services = start::services(start::open(url).await?, false);
    let mut tx = services.db.write().await?;
    let general = settings::get::<General>(&mut tx).await?.value;
    let pipeline = statuses::list(&mut tx).await?;
    let parsed = parse(&bytes, &general.country, &pipeline).with_context(|| file.to_string())?;
    let source = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let added = import::add(&mut tx, &parsed.leads, &source, None, services.clock.now()).await?;
    services.commit(tx, &[LiveEvent::Leads]).await?;
    services.db.close().await;
    let report = Report { imported: added.len(), duplicates: parsed.leads.len() - added.len(), bad: parsed.bad };
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print(&report);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(report: &Report) {
    println!(
        "{} leads imported, {} duplicates skipped, {} rows not taken in",
        report.imported,
        report.duplicates,
        report.bad.len()
    );
    for row in &report.bad {
        println!("line {}: {}", row.line, row.reason);
    }
}
