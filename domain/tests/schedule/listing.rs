//! What `calliyo schedule` prints.

use calliyo_domain::schedule::{Day, days, instant_on};
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::{json, to_value};

use super::{at, date};

#[test]
fn as_json() {
    let listed: Vec<Day> = days(Tz::America__New_York, at("02:30"), date("2026-03-07"), 3).collect();
    assert_eq!(
        to_value(listed).expect("JSON"),
        json!([
            { "date": "2026-03-07", "instant": "2026-03-07T07:30:00Z" },
            { "date": "2026-03-08", "instant": "2026-03-08T07:00:00Z" },
            { "date": "2026-03-09", "instant": "2026-03-09T06:30:00Z" },
        ])
    );
    let skipped: Vec<Day> = days(Tz::Pacific__Apia, at("09:00"), date("2011-12-30"), 1).collect();
    assert_eq!(to_value(skipped).expect("JSON"), json!([{ "date": "2011-12-30", "instant": null }]));
    assert_eq!(days(Tz::UTC, at("09:00"), date("2026-01-01"), 0).count(), 0);
}

#[test]
fn the_ends_of_the_calendar_are_no_trouble() {
    for zone in [Tz::UTC, Tz::Pacific__Kiritimati, Tz::Pacific__Pago_Pago, Tz::America__New_York] {
        for time in ["00:00", "23:59"] {
            assert_eq!(days(zone, at(time), NaiveDate::MAX, 3).count(), 0, "NaiveDate::MAX ends iter_days");
            let _ = (instant_on(zone, at(time), NaiveDate::MAX), instant_on(zone, at(time), NaiveDate::MIN));
        }
    }
}
