use std::process::ExitCode;

use anyhow::anyhow;
use calliyo_domain::{
    schedule::{Day, days},
    time_of_day::TimeOfDay,
};
use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use clap::Args;

#[derive(Args, Debug)]
pub struct ScheduleArgs {
    /// The time zone, by its IANA name
    #[arg(long, value_parser = zone)]
    zone: Tz,
    /// The time of day, HH:MM
    #[arg(long)]
    at: TimeOfDay,
    /// The first date, YYYY-MM-DD
    #[arg(long)]
    from: NaiveDate,
    /// How many dates
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=36_600))]
    days: u32,
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

fn zone(name: &str) -> anyhow::Result<Tz> {
    name.parse().map_err(|_| anyhow!("there is no time zone of this name; they are written like Asia/Kolkata"))
}

/// Prints when a daily job would run.
pub fn schedule(args: &ScheduleArgs) -> anyhow::Result<ExitCode> {
    let listed: Vec<Day> = days(args.zone, args.at, args.from, args.days as usize).collect();
    if args.json {
        println!("{}", serde_json::to_string(&listed)?);
        return Ok(ExitCode::SUCCESS);
    }
    for day in listed {
        match day.instant.and_then(DateTime::from_timestamp_millis) {
            Some(instant) => {
                println!("{}  {}", day.date, instant.with_timezone(&args.zone).format("%Y-%m-%d %H:%M %Z (%:z)"))
            }
            None => println!("{}  no run: the zone skips this date", day.date),
        }
    }
    Ok(ExitCode::SUCCESS)
}
