//! The company's clocks: their zone, and their day.

use calliyo_db::{Tx, settings, tasks::Today};
use calliyo_domain::{
    call::{end_of_day, start_of_day},
    company,
    settings::General,
};
use chrono_tz::Tz;

/// The company's time zone, by the setting as it is now.
///
/// # Errors
/// As of any read.
pub async fn zone(tx: &mut Tx) -> calliyo_db::Result<Tz> {
    Ok(company::zone(&settings::get::<General>(tx).await?.value))
}

/// When what is shown of the day changes by itself: at the first of `times`, or as the day ends.
pub(super) fn changes_at(day: Today, times: impl IntoIterator<Item = i64>) -> i64 {
    times.into_iter().fold(day.ends, i64::min)
}

/// The day of `now`.
pub(super) fn today(now: i64, zone: Tz) -> Today {
    Today { begins: start_of_day(now, zone), now, ends: end_of_day(now, zone) }
}
