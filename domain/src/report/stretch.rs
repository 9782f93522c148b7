use chrono::{DateTime, NaiveDate, Offset as _, TimeZone as _};
use chrono_tz::Tz;

use super::Range;

const SECOND: i64 = 1000;
const HOUR: i64 = 60 * 60 * SECOND;
const DAY: i64 = 24 * HOUR;

/// A time during which the zone's clocks keep one distance from UTC. What they show at an instant of it, in
/// milliseconds since 1970-01-01 00:00 on these clocks, is `instant + offset`; the day and the hour follow by
/// division, which a database can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first instant, unix milliseconds.
    pub start: i64,
    /// The first instant after it.
    pub end: i64,
    /// In milliseconds.
    pub offset: i64,
}

/// The instants at which the zone's clocks show one of the range's dates, in order: one stretch, and one more for
/// each change of the clocks. A date that the zone skips has none.
#[must_use]
pub fn stretches(zone: Tz, range: Range) -> Vec<Stretch> {
    let (first, last) = (day_number(range.from) * DAY, (day_number(range.to) + 1) * DAY);
    // No clock is further than this from UTC.
    let (mut at, end) = (first - DAY, last + DAY);
    let mut stretches = Vec::new();
    while at < end {
        let offset = offset(zone, at);
        let change = change_after(zone, at, end);
        let shown = Stretch { start: at.max(first - offset), end: change.min(last - offset), offset };
        if shown.start < shown.end {
            stretches.push(shown);
        }
        at = change;
    }
    stretches
}

/// When the clocks next change after `at`, or `end`.
fn change_after(zone: Tz, at: i64, end: i64) -> i64 {
    let before = offset(zone, at);
    let mut still = at;
    while still < end {
        // No zone has changed its clocks twice within this time.
        let mut changed = end.min(still + 6 * HOUR);
        if offset(zone, changed) != before {
            while changed - still > 1 {
                let middle = still + (changed - still) / 2;
                if offset(zone, middle) == before { still = middle } else { changed = middle }
            }
            return changed;
        }
        still = changed;
    }
    end
}

fn offset(zone: Tz, at: i64) -> i64 {
    let utc = DateTime::from_timestamp_millis(at).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * SECOND
}

/// The number of the quarter of an hour that `at` is in, counted from 1970-01-01 00:00 UTC. Since 2012 all zones of the
/// tz database are whole quarters from UTC and change their clocks at one, so that each day and each hour is a number of
/// whole ones; but for Antarctica/Casey, which changed them a minute later.
#[must_use]
pub fn quarter(at: i64) -> i64 {
    at.div_euclid(HOUR / 4)
}

/// The date's number, counted from 1970-01-01.
#[must_use]
pub fn day_number(date: NaiveDate) -> i64 {
    (date - NaiveDate::default()).num_days()
}

/// The date of a number.
#[must_use]
pub fn date(day: i64) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(day)?)
}
