//! When the daily jobs run (PRODUCT.md, "When they run"): decided from the settings, the ledger and now.
//!
//! - `instant`: when a time of day comes on a date in a zone.
//! - `daily`: what is due, what was missed, and what comes next.
//!
//! The ledger of a job is the set of local dates that have a run of the schedule (on time or caught up, however
//! it ended) or a missed mark; a Run Now is no part of it. Compare at each minute's start, at start-up and after
//! each save: read the settings, the ledger and now in one transaction, ask [`due`] for each of
//! [`Job::DAILY`](crate::job::Job::DAILY), which is the order of jobs due together, and write down the answer there,
//! unique by job and local date.

mod daily;
mod instant;

pub use daily::{Daily, Due, LOOK_BACK, Slot, due, last_change, ledger_from, next_run};
pub use instant::{Day, days, instant_on, local_date};
