//! When the demo's people work: from nine to half past six in the company's zone, but on Sundays.

use calliyo_domain::call::start_of_day;
use chrono::{DateTime, Datelike as _, Weekday};
use chrono_tz::Tz;

use super::dice::Dice;

pub const MINUTE: i64 = 60 * 1000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

const OPENS: i64 = 9 * HOUR;
const OPEN: i64 = 9 * HOUR + HOUR / 2;

/// A day's working hours, in unix milliseconds.
#[derive(Clone, Copy)]
pub struct Hours {
    pub now: i64,
    pub zone: Tz,
}

impl Hours {
    /// The start of the day so many before today.
    fn day(self, before: i64) -> i64 {
        let today = start_of_day(self.now, self.zone);
        // Noon is on its day whatever the clocks do.
        start_of_day(today + DAY / 2 - before * DAY, self.zone)
    }

    fn is_sunday(self, day: i64) -> bool {
        DateTime::from_timestamp_millis(day).is_some_and(|day| day.with_timezone(&self.zone).weekday() == Weekday::Sun)
    }

    /// How much of today's hours is over, in hundredths; some of it at any time, so that a day under way is seen.
    pub fn of_today(self) -> i64 {
        ((self.now - self.day(0) - OPENS) * 100 / OPEN).clamp(15, 100)
    }

    /// Some time in the hours of the day so many before today: that far today has come, and nothing on a Sunday before.
    pub fn on(self, dice: &mut Dice, before: i64) -> Option<i64> {
        let day = self.day(before);
        match before {
            0 if self.now < day + OPENS + HOUR => Some(day + dice.below(self.now - day)),
            0 => Some(day + OPENS + dice.below((self.now - day - OPENS).min(OPEN))),
            _ if self.is_sunday(day) => None,
            _ => Some(day + OPENS + dice.below(OPEN)),
        }
    }

    /// The same day as `at`, or the Saturday before, in working hours.
    pub fn near(self, dice: &mut Dice, at: i64) -> i64 {
        let before = (self.now - at).max(0) / DAY;
        (before..before + 3).find_map(|before| self.on(dice, before.max(1))).unwrap_or(at)
    }
}
