//! The command line: one binary for the server and for what is done beside it.

mod check;
mod demo;
mod import;
mod plan;
mod recount;
mod run;
mod schedule;
mod see_through;
mod serve;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{DatabaseArgs, ServeArgs};

/// Lead management for tele-calling teams
#[derive(Parser, Debug)]
#[command(name = "calliyo", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Serve the site and work the jobs
    Serve(ServeArgs),
    /// Fill an empty database with a demo company, and print who can sign in
    Demo(demo::DemoArgs),
    /// Manage users
    #[command(subcommand)]
    User(user::UserCommand),
    /// Bring data in
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Run a job now, in this process
    #[command(subcommand)]
    Run(run::RunCommand),
    /// Plan without a database: a snapshot per line on standard input, a plan per line on standard output
    #[command(subcommand)]
    Plan(plan::PlanCommand),
    /// When a daily job would run, clock changes and all
    Schedule(schedule::ScheduleArgs),
    /// Check the invariants on the database; fails when one is broken
    Check(check::CheckArgs),
    /// Count all calls anew, where check finds that their sums are not those of the calls
    Recount,
}

/// Carries the command out: 0 when it did, 1 when it could not or what it checked is broken, 2 for a wrong usage.
pub async fn run(cli: Cli) -> ExitCode {
    let url = &cli.database.database_url;
    let result = match cli.command {
        Command::Serve(args) => serve::serve(url, args).await,
        Command::Demo(args) => demo::demo(url, args).await,
        Command::User(command) => user::user(url, command).await,
        Command::Import(command) => import::import(url, command).await,
        Command::Run(command) => run::run(url, command).await,
        Command::Plan(command) => plan::plan(command),
        Command::Schedule(args) => schedule::schedule(&args),
        Command::Check(args) => check::check(url, args).await,
        Command::Recount => recount::recount(url).await,
    };
    result.unwrap_or_else(|error| {
        eprintln!("calliyo: {error:#}");
        ExitCode::FAILURE
    })
}
