//! Company time: instants as the company's clocks show them.

#[cfg(feature = "server")]
use chrono::{DateTime, TimeZone, Utc};

/// The company's zone; UTC where the stored name is unknown to this build.
#[cfg(feature = "server")]
#[must_use]
pub fn zone(general: &crate::settings::General) -> chrono_tz::Tz {
    general.time_zone.parse().unwrap_or(chrono_tz::UTC)
}

/// A unix-milliseconds instant to the minute with the zone's abbreviation, `2026-05-11 09:00 IST`.
/// Zones without letters of their own show their offset, as the zone database does (`-03`).
#[cfg(feature = "server")]
#[must_use]
pub fn minute(at: i64, zone: chrono_tz::Tz) -> String {
    let utc = DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default();
    zone.from_utc_datetime(&utc.naive_utc()).format("%Y-%m-%d %H:%M %Z").to_string()
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::minute;

    #[test]
    fn names_the_zone_of_that_instant() {
        let at = 1_778_470_200_000;
        assert_eq!(minute(at, chrono_tz::Asia::Kolkata), "2026-05-11 09:00 IST");
        assert_eq!(minute(at, chrono_tz::Europe::London), "2026-05-11 04:30 BST");
        assert_eq!(minute(at, chrono_tz::America::Sao_Paulo), "2026-05-11 00:30 -03");
    }
}
