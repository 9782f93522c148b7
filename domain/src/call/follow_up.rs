use chrono::{Datelike as _, Months, NaiveDate, NaiveDateTime, Timelike as _};
use chrono_tz::Tz;

use crate::{
    Invalid, digits,
    schedule::{instant_on, local_date},
    time_of_day::TimeOfDay,
    weekend,
};

/// The hour at which a follow-up is due unless somebody says otherwise.
const HOUR: u16 = 10;

/// How many months ahead a follow-up may lie.
const MONTHS: u32 = 24;

/// The next working day of `country` ([`weekend`]) after `now`'s, 10:00 company time, in unix milliseconds.
#[must_use]
pub fn default_follow_up(now: i64, zone: Tz, country: &str) -> Option<i64> {
    let at = TimeOfDay::new(HOUR, 0)?;
    let tomorrow = local_date(zone, now)?.succ_opt()?;
    let rest = weekend::of(country);
    // A zone may skip a date.
    tomorrow
        .iter_days()
        .take(14)
        .filter(|date| !rest.contains(&date.weekday()))
        .find_map(|date| instant_on(zone, at, date))
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
pub(super) fn parse(text: &str, now: i64, zone: Tz, country: &str) -> Result<i64, Invalid> {
    if !text.trim().is_empty() {
        return given(text, now, zone);
    }
    default_follow_up(now, zone, country).ok_or_else(unreadable)
}

/// The same where nothing stands for empty text.
pub(super) fn given(text: &str, now: i64, zone: Tz) -> Result<i64, Invalid> {
    let text = digits::plain(text.trim());
    let last = local_date(zone, now).and_then(|today| today.checked_add_months(Months::new(MONTHS)));
    let too_far = || match last {
        Some(last) => {
            Invalid::new("follow_up", format!("The next call must be within two years: {last} at the latest."))
        }
        None => unreadable(),
    };
    // Browsers let people type years of six digits.
    if text.split_once('-').is_some_and(|(year, _)| year.len() > 4 && year.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(too_far());
    }
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(&text, format).ok())
        .ok_or_else(unreadable)?;
    if last.is_some_and(|last| local.date() > last) {
        return Err(too_far());
    }
    match instant(local, zone).ok_or_else(unreadable)? {
        at if at > now => Ok(at),
        _ => Err(Invalid::new("follow_up", "The next call must be ahead: choose a later time.")),
    }
}

fn unreadable() -> Invalid {
    Invalid::new("follow_up", "Give the date and time of the next call.")
}

fn instant(local: NaiveDateTime, zone: Tz) -> Option<i64> {
    let at = TimeOfDay::new(local.hour().try_into().ok()?, local.minute().try_into().ok()?)?;
    instant_on(zone, at, local.date())
}
