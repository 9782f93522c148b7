//! Which instant a wall-clock time of a date is.

use chrono::{DateTime, NaiveDate, NaiveTime, Offset as _, TimeZone as _};
use chrono_tz::{GapInfo, Tz};
use serde::{Serialize, Serializer};

use crate::time_of_day::TimeOfDay;

/// When a daily run of that local date is due, in unix milliseconds: the first instant at which the clocks of the
/// zone show that time of that date or a later one; nothing where they never show the date.
///
/// In the words of PRODUCT.md: a time skipped by a clock change runs at the first instant after the gap, a time
/// that comes twice runs the first time only, and a date that a zone skips has no run.
///
/// A gap may end on the next date (Nuuk, 2024-03-30: 22:59 is followed by midnight). The date itself was not
/// skipped, so it has its run: at that midnight, which is the first instant after the gap.
#[must_use]
pub fn instant_on(zone: Tz, at: TimeOfDay, date: NaiveDate) -> Option<i64> {
    let local = date.and_hms_opt(at.hour().into(), at.minute().into(), 0)?;
    if let Some(first) = zone.from_local_datetime(&local).earliest() {
        return Some(first.timestamp_millis());
    }
    let (begin, offset) = GapInfo::new(&local, &zone)?.begin?;
    let end = zone.from_utc_datetime(&begin.checked_sub_offset(offset.fix())?);
    let skips_the_date = begin <= date.and_time(NaiveTime::MIN) && end.date_naive() > date;
    (!skips_the_date).then(|| end.timestamp_millis())
}

/// The date that the zone's clocks show at an instant in unix milliseconds.
#[must_use]
pub fn local_date(zone: Tz, at: i64) -> Option<NaiveDate> {
    Some(DateTime::from_timestamp_millis(at)?.with_timezone(&zone).date_naive())
}

/// A date and when its run is due. As JSON `{"date":"2026-03-08","instant":"2026-03-08T07:00:00Z"}`, the instant
/// null for a date without a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The local date.
    #[serde(serialize_with = "as_text")]
    pub date: NaiveDate,
    /// Unix milliseconds.
    #[serde(serialize_with = "as_rfc_3339")]
    pub instant: Option<i64>,
}

/// The instants of `number` dates from `from` on, for `calliyo schedule`.
pub fn days(zone: Tz, at: TimeOfDay, from: NaiveDate, number: usize) -> impl Iterator<Item = Day> {
    from.iter_days().take(number).map(move |date| Day { date, instant: instant_on(zone, at, date) })
}

fn as_text<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

fn as_rfc_3339<S: Serializer>(instant: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
    match instant.and_then(DateTime::from_timestamp_millis) {
        Some(instant) => serializer.collect_str(&instant.format("%Y-%m-%dT%H:%M:%SZ")),
        None => serializer.serialize_none(),
    }
}
