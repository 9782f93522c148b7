//! What several sections ask of their fields.

use std::ops::RangeInclusive;

use crate::{Invalid, job::Job, status, time_of_day::TimeOfDay};

/// Whether leads on this status may be selected for `job` (PRODUCT.md: "Customer can't be selected anywhere;
/// Unassigned can't be selected for removal").
#[must_use]
pub fn may_select(job: Job, status: i64) -> bool {
    status != status::CUSTOMER && (job != Job::AutoRemoval || status != status::UNASSIGNED)
}

/// Puts a job's selection in order, each status once, and judges it.
pub(super) fn selected(
    job: Job,
    statuses: &mut Vec<i64>,
    enabled: bool,
    known: &[status::Status],
) -> Result<(), Invalid> {
    statuses.sort_unstable();
    statuses.dedup();
    let message = match statuses.iter().find(|id| !may_select(job, **id)) {
        Some(&status::CUSTOMER) => "Customers are in no job: Customer can't be selected.".to_owned(),
        Some(_) => "Unassigned leads have no agent to be removed from: Unassigned can't be selected.".to_owned(),
        None if !statuses.iter().all(|id| known.iter().any(|status| status.id == *id)) => {
            "One of the selected statuses no longer exists. Choose from the list.".to_owned()
        }
        None if enabled && statuses.is_empty() => {
            format!("Select at least one status, or switch {} off.", job.title())
        }
        None => return Ok(()),
    };
    Err(Invalid::new("statuses", message))
}

pub(super) fn time_of_day(label: &str, text: &str) -> Result<TimeOfDay, Invalid> {
    text.parse()
        .map_err(|_| Invalid::new("at", format!("{label} is a time of day from 00:00 to 23:59, such as 09:00.")))
}

/// Digits and nothing else, spaces around them aside.
pub(super) fn whole_number(text: &str, allowed: &RangeInclusive<u32>) -> Option<u32> {
    let text = text.trim();
    let number = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())??;
    allowed.contains(&number).then_some(number)
}
