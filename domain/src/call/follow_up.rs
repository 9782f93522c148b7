use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _, Weekday};
use chrono_tz::Tz;

use crate::{
    Invalid,
    schedule::{instant_on, local_date},
    time_of_day::TimeOfDay,
};

/// The hour at which a follow-up is due unless somebody says otherwise.
const HOUR: u16 = 10;

/// The next working day (Monday to Friday) after `now`'s, 10:00 company time, in unix milliseconds.
#[must_use]
pub fn default_follow_up(now: i64, zone: Tz) -> Option<i64> {
    let at = TimeOfDay::new(HOUR, 0)?;
    let tomorrow = local_date(zone, now)?.succ_opt()?;
    // A zone may skip a date.
    tomorrow.iter_days().take(14).filter(is_working_day).find_map(|date| instant_on(zone, at, date))
}

fn is_working_day(date: &NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// When the company's day of `now` began, in unix milliseconds.
#[must_use]
pub fn start_of_day(now: i64, zone: Tz) -> i64 {
    local_date(zone, now).and_then(|date| midnight(date, zone)).unwrap_or(now)
}

/// When the company's day of `now` is over: the first instant of the next.
#[must_use]
pub fn end_of_day(now: i64, zone: Tz) -> i64 {
    let days = local_date(zone, now).into_iter().flat_map(|date| date.iter_days().skip(1).take(3));
    // A zone may skip a date.
    days.filter_map(|date| midnight(date, zone)).find(|at| *at > now).unwrap_or(now)
}

fn midnight(date: NaiveDate, zone: Tz) -> Option<i64> {
    instant_on(zone, TimeOfDay::new(0, 0)?, date)
}

/// What a form gave as date and time; empty text is the default.
pub(super) fn parse(text: &str, now: i64, zone: Tz) -> Result<i64, Invalid> {
    if text.trim().is_empty() { ahead(default_follow_up(now, zone), now) } else { given(text, now, zone) }
}

/// The same where nothing stands for empty text.
pub(super) fn given(text: &str, now: i64, zone: Tz) -> Result<i64, Invalid> {
    ahead(instant(text.trim(), zone), now)
}

fn ahead(at: Option<i64>, now: i64) -> Result<i64, Invalid> {
    let at = at.ok_or_else(|| Invalid::new("follow_up", "Give the date and time of the next call."))?;
    if at > now { Ok(at) } else { Err(Invalid::new("follow_up", "The next call must be ahead: choose a later time.")) }
}

fn instant(text: &str, zone: Tz) -> Option<i64> {
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    let at = TimeOfDay::new(local.hour().try_into().ok()?, local.minute().try_into().ok()?)?;
    // Years that a typing slip gives are no dates for a call.
    (2000..=2200).contains(&local.year()).then(|| instant_on(zone, at, local.date()))?
}
