use chrono::{Days, NaiveDate};

use crate::{Invalid, Together as _};

/// The days that a report may cover at most.
pub const DAYS: i64 = 366;

/// The company days that a report covers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Range {
    /// The last `days` days up to `today`.
    #[must_use]
    pub fn last(days: u64, today: NaiveDate) -> Self {
        Self { from: today.checked_sub_days(Days::new(days.saturating_sub(1))).unwrap_or(today), to: today }
    }

    /// What an address asks for, dates as `2026-05-11`; the last seven days where it names none. A range that names
    /// one end only is that day.
    ///
    /// # Errors
    /// Names each field that is wrong (`from`, `to`) and what is allowed.
    pub fn from_address(from: &str, to: &str, today: NaiveDate) -> Result<Self, Invalid> {
        let (from, to) = (from.trim(), to.trim());
        // What is wrong with the only day is said beside it.
        let last = if to.is_empty() { FROM } else { TO };
        let range = match (from, to) {
            ("", "") => return Ok(Self::last(7, today)),
            ("", day) | (day, "") => date(last, day).map(|day| Self { from: day, to: day })?,
            (from, to) => {
                let (from, to) = (date(FROM, from), date(TO, to)).together()?;
                Self { from, to }
            }
        };
        if range.from > range.to {
            return Err(Invalid::new(TO.0, "To must be the same day as From, or a later one."));
        }
        if range.to > today {
            let (field, label) = last;
            return Err(Invalid::new(field, format!("{label} is {today}, which is today, or an earlier day.")));
        }
        if range.days() > DAYS {
            return Err(Invalid::new(FROM.0, format!("A report covers {DAYS} days at most. Choose a later From.")));
        }
        Ok(range)
    }

    /// How many days these are.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// Each of the days.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let to = self.to;
        self.from.iter_days().take_while(move |date| *date <= to)
    }
}

/// The ends, as addresses and as forms call them.
const FROM: (&str, &str) = ("from", "From");
const TO: (&str, &str) = ("to", "To");

/// The first day of which there may be a report.
const FIRST: &str = "2000-01-01";

fn date((field, label): (&str, &str), text: &str) -> Result<NaiveDate, Invalid> {
    let bad = || Invalid::new(field, format!("{label} is a date such as 2026-05-11."));
    let out_of_range = || Invalid::new(field, format!("{label} is {FIRST}, or a later day up to today."));
    let year = text.split('-').next().unwrap_or_default();
    // Browsers let people type years of six digits.
    if year.len() > 4 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return Err(out_of_range());
    }
    let date: NaiveDate = text.parse().map_err(|_| bad())?;
    // Before, there was nothing to report, and times far off don't fit in milliseconds.
    if date < FIRST.parse().unwrap_or_default() {
        return Err(out_of_range());
    }
    Ok(date)
}
