//! The company's day.

use calliyo_db::tasks::Today;
use calliyo_domain::call::{end_of_day, start_of_day};
use chrono_tz::Tz;

/// The day of `now`.
pub(super) fn of(now: i64, zone: Tz) -> Today {
    Today { begins: start_of_day(now, zone), now, ends: end_of_day(now, zone) }
}
