//! When the daily jobs run (PRODUCT.md, "When they run"), from outside.

#![cfg(feature = "server")]

mod examples;
mod listing;
mod simulation;
mod table;
mod transitions;
mod world;

use calliyo_domain::time_of_day::TimeOfDay;
use chrono::{DateTime, NaiveDate};

/// `09:00`.
fn at(text: &str) -> TimeOfDay {
    text.parse().expect("a time of day")
}

/// `2026-05-11`.
fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// `2026-05-11T03:30:00Z` as unix milliseconds.
fn instant(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).expect("an instant").timestamp_millis()
}
