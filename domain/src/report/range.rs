use chrono::{Days, NaiveDate};

use crate::Invalid;

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
    /// Names the field (`from` or `to`) and what is allowed.
    pub fn from_address(from: &str, to: &str, today: NaiveDate) -> Result<Self, Invalid> {
        let (from, to) = match (from.trim(), to.trim()) {
            ("", "") => return Ok(Self::last(7, today)),
            ("", day) | (day, "") => (day, day),
            both => both,
        };
        let range = Self { from: date("from", "From", from)?, to: date("to", "To", to)? };
        if range.from > range.to {
            return Err(Invalid::new("to", "To must be the same day as From, or a later one."));
        }
        if range.to > today {
            return Err(Invalid::new("to", format!("To is {today}, which is today, or an earlier day.")));
        }
        if range.days() > DAYS {
            return Err(Invalid::new("from", format!("A report covers {DAYS} days at most. Choose a later From.")));
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

fn date(field: &str, label: &str, text: &str) -> Result<NaiveDate, Invalid> {
    let bad = || Invalid::new(field, format!("{label} is a date such as 2026-05-11."));
    let date: NaiveDate = text.parse().map_err(|_| bad())?;
    // Before, there was nothing to report, and times far off don't fit in milliseconds.
    if date < NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default() {
        return Err(bad());
    }
    Ok(date)
}
