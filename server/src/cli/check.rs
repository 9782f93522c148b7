use std::process::ExitCode;

use calliyo_db::check;
use clap::Args;
use serde::Serialize;

use crate::start;

#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    ok: bool,
    findings: Vec<check::Finding>,
}

/// Prints each invariant and whether it holds.
pub async fn check(url: &str, args: CheckArgs) -> anyhow::Result<ExitCode> {
    let db = start::open_existing(url).await?;
    let findings = check::run(&mut db.read().await?).await?;
    db.close().await;
    let report = Report { ok: findings.iter().all(|finding| finding.broken == 0), findings };
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print(&report);
    }
    Ok(if report.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(report: &Report) {
    for finding in &report.findings {
        match finding.broken {
            0 => println!("ok      {}. {}", finding.invariant, finding.rule),
            n => println!("BROKEN  {}. {}: {n} rows, such as {:?}", finding.invariant, finding.rule, finding.examples),
        }
    }
}
