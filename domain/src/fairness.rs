//! How far back the jobs look to be fair (PRODUCT.md, R7).

use chrono::Days;
use chrono_tz::Tz;

use crate::{
    schedule::{instant_on, local_date},
    time_of_day::TimeOfDay,
};

/// How many company days R7 looks back, today among them.
pub const DAYS: u64 = 30;

/// When the first of those days began, in unix milliseconds, by the clocks of `zone` at `now`.
#[must_use]
pub fn since(now: i64, zone: Tz) -> i64 {
    let begin = || {
        let first = local_date(zone, now)?.checked_sub_days(Days::new(DAYS - 1))?;
        // A zone may skip a date: then the window begins with the next.
        first.iter_days().take(2).find_map(|date| instant_on(zone, TimeOfDay::new(0, 0)?, date))
    };
    begin().unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn thirty_days_of_the_company_today_among_them() {
        for (now, zone, first) in [
            ("2026-05-30T12:00:00Z", chrono_tz::UTC, "2026-05-01T00:00:00Z"),
            // It is May 31 there.
            ("2026-05-30T22:00:00Z", chrono_tz::Asia::Kolkata, "2026-05-01T18:30:00Z"),
            // The clocks were put forward within the window.
            ("2026-04-01T12:00:00Z", chrono_tz::Europe::Berlin, "2026-03-02T23:00:00Z"),
            // Samoa had no 2011-12-30.
            ("2012-01-27T20:00:00Z", chrono_tz::Pacific::Apia, "2011-12-30T10:00:00Z"),
        ] {
            let at = |text: &str| DateTime::parse_from_rfc3339(text).expect("an instant").timestamp_millis();
            assert_eq!(since(at(now), zone), at(first), "{zone}");
        }
    }
}
