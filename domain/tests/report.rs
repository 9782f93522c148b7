//! The days of a report, from outside.

#![cfg(feature = "server")]

use calliyo_domain::{
    Invalid,
    report::{
        Baseline, Figures, Funnel, Range, Stretch, Tally, coverage, date, day_number, quarter, share, stretches, total,
    },
    settings::DailyTarget,
};
use chrono::{DateTime, NaiveDate};
use chrono_tz::{America, Antarctica, Asia, Australia, Europe, Pacific, Tz};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn range(from: &str, to: &str) -> Range {
    Range { from: day(from), to: day(to) }
}

fn instant(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).expect("an instant").timestamp_millis()
}

fn stretch(start: &str, end: &str, minutes: i64) -> Stretch {
    Stretch { start: instant(start), end: instant(end), offset: minutes * 60_000 }
}

/// How long a date lasts, in minutes.
fn minutes(zone: Tz, date: &str) -> i64 {
    stretches(zone, range(date, date)).iter().map(|stretch| stretch.end - stretch.start).sum::<i64>() / 60_000
}

#[test]
fn a_day_without_a_change_is_one_stretch() {
    let found = stretches(Asia::Kolkata, range("2026-05-11", "2026-05-12"));
    assert_eq!(found, [stretch("2026-05-10T18:30:00Z", "2026-05-12T18:30:00Z", 330)]);
}

#[test]
fn the_day_the_clocks_go_forward_has_23_hours() {
    let found = stretches(America::New_York, range("2026-03-08", "2026-03-08"));
    let before = stretch("2026-03-08T05:00:00Z", "2026-03-08T07:00:00Z", -300);
    let after = stretch("2026-03-08T07:00:00Z", "2026-03-09T04:00:00Z", -240);
    assert_eq!(found, [before, after]);
    assert_eq!(minutes(America::New_York, "2026-03-08"), 23 * 60);
    assert_eq!(minutes(America::New_York, "2026-03-09"), 24 * 60);
}

#[test]
fn the_day_the_clocks_go_back_has_25_hours() {
    let found = stretches(Europe::London, range("2026-10-25", "2026-10-25"));
    let before = stretch("2026-10-24T23:00:00Z", "2026-10-25T01:00:00Z", 60);
    let after = stretch("2026-10-25T01:00:00Z", "2026-10-26T00:00:00Z", 0);
    assert_eq!(found, [before, after]);
    assert_eq!(minutes(Europe::London, "2026-10-25"), 25 * 60);
}

/// What is counted by quarters can be put together to the days and hours of any zone.
#[test]
fn every_zone_keeps_to_quarters_of_an_hour() {
    const QUARTER: i64 = 15 * 60_000;
    assert_eq!([-1, 0, QUARTER - 1, QUARTER].map(quarter), [-1, 0, 0, 1]);
    for zone in chrono_tz::TZ_VARIANTS {
        for found in stretches(zone, range("2012-01-01", "2037-12-31")) {
            assert_eq!(found.offset % QUARTER, 0, "{zone}: {found:?}");
            let late = [found.start, found.end].map(|time| time % QUARTER).into_iter().max();
            // Casey station changes its clocks a minute after midnight.
            let most = if zone == Antarctica::Casey { 60_000 } else { 0 };
            assert!(late <= Some(most), "{zone}: {found:?}");
        }
    }
}

#[test]
fn unusual_changes() {
    // Half an hour.
    assert_eq!(minutes(Australia::Lord_Howe, "2026-04-05"), 24 * 60 + 30);
    // From midnight to one.
    assert_eq!(minutes(America::Sao_Paulo, "2018-11-04"), 23 * 60);
    // From midnight back to 23:00: the evening comes twice, and still belongs to its date.
    assert_eq!(minutes(America::Sao_Paulo, "2018-02-17"), 25 * 60);
    // A minute past midnight back to 23:01: so does this one, although the next date had begun.
    assert_eq!(minutes(America::St_Johns, "2006-10-28"), 24 * 60 + 59);
    assert_eq!(minutes(America::St_Johns, "2006-10-29"), 24 * 60 + 1);
    // A date that the zone skipped.
    assert_eq!(minutes(Pacific::Apia, "2011-12-30"), 0);
    assert_eq!(minutes(Pacific::Apia, "2011-12-31"), 24 * 60);
}

#[test]
fn what_the_clocks_show_follows_from_the_offset() {
    let (hour, whole) = (3_600_000, range("2026-01-01", "2026-12-31"));
    for zone in [America::New_York, Europe::London, Australia::Lord_Howe, Asia::Kolkata, Tz::Africa__Casablanca] {
        let found = stretches(zone, whole);
        assert!(found.windows(2).all(|pair| pair[0].end == pair[1].start), "{zone}: without a hole");
        for Stretch { start, end, offset } in found {
            for at in [start, (start + end) / 2, end - 1] {
                let clocks =
                    DateTime::from_timestamp_millis(at).expect("an instant").with_timezone(&zone).naive_local();
                assert_eq!(date((at + offset) / (24 * hour)), Some(clocks.date()), "{zone} at {at}");
                assert_eq!((at + offset) / hour % 24, i64::from(chrono::Timelike::hour(&clocks)), "{zone} at {at}");
            }
        }
    }
    assert_eq!(date(day_number(day("2026-05-11"))), Some(day("2026-05-11")));
}

#[test]
fn ranges_of_an_address() {
    let today = day("2026-05-11");
    let read = |from: &str, to: &str| Range::from_address(from, to, today);
    assert_eq!(read("", ""), Ok(range("2026-05-05", "2026-05-11")));
    assert_eq!(read("2026-05-01", "2026-05-02"), Ok(range("2026-05-01", "2026-05-02")));
    assert_eq!(read(" 2026-05-01 ", ""), Ok(range("2026-05-01", "2026-05-01")));
    assert_eq!(read("", "2026-05-11"), Ok(range("2026-05-11", "2026-05-11")));
    assert_eq!(read("2025-05-11", "2026-05-11").map(|range| range.days()), Ok(366));
    assert_eq!(Range::last(1, today), range("2026-05-11", "2026-05-11"));
    assert_eq!(Range::last(30, today).dates().count(), 30);

    let refused = |from: &str, to: &str, field: &str, message: &str| {
        assert_eq!(read(from, to), Err(Invalid::new(field, message)), "{from} to {to}");
    };
    refused("2026-05-02", "2026-05-01", "to", "To must be the same day as From, or a later one.");
    refused("2026-05-02", "2026-05-12", "to", "To is 2026-05-11, which is today, or an earlier day.");
    refused("2026-05-12", "", "from", "From is 2026-05-11, which is today, or an earlier day.");
    refused("", "2026-05-12", "to", "To is 2026-05-11, which is today, or an earlier day.");
    refused("", "x", "to", "To is a date such as 2026-05-11.");
    refused("2025-05-10", "2026-05-11", "from", "A report covers 366 days at most. Choose a later From.");
    for text in ["yesterday", "2026-02-30", "11.05.2026", "999999-01-01x"] {
        refused(text, "2026-05-11", "from", "From is a date such as 2026-05-11.");
        refused("2026-05-11", text, "to", "To is a date such as 2026-05-11.");
    }
    for text in ["1900-01-01", "1999-12-31", "999999-01-01", "-0001-01-01"] {
        refused(text, "2026-05-11", "from", "From is 2000-01-01, or a later day up to today.");
        refused("2026-05-11", text, "to", "To is 2000-01-01, or a later day up to today.");
    }
}

#[test]
fn coverage_is_soft_and_says_100_only_where_it_is() {
    assert_eq!(coverage(112, 100), Some(112));
    assert_eq!(coverage(999, 1_000), Some(99));
    assert_eq!(coverage(0, 100), Some(0));
    assert_eq!(coverage(5, 0), None);
}

fn targets(zone: Tz, range: Range, saves: &[(&str, u32, u32)], present: u32) -> Baseline {
    let target = |calls| DailyTarget { calls };
    let saves: Vec<_> = saves.iter().map(|(at, old, new)| (instant(at), target(*old), target(*new))).collect();
    Baseline::new(zone, range, &saves, target(present))
}

#[test]
fn a_day_has_the_target_that_it_ended_with() {
    let (zone, days) = (Asia::Kolkata, range("2026-05-09", "2026-05-12"));
    // 2026-05-10 23:59:59.999 and 2026-05-12 00:00 in Kolkata.
    let saves = [("2026-05-10T18:29:59.999Z", 100, 50), ("2026-05-11T18:30:00Z", 50, 25)];
    let baseline = targets(zone, days, &saves, 25);
    assert_eq!(baseline.days().map(|(_, target)| target).collect::<Vec<_>>(), [100, 50, 50, 25]);
    assert_eq!(baseline.targets(), [100, 50, 25]);
    assert_eq!(targets(zone, days, &saves[1..], 25).targets(), [50, 25], "before the first save: what it replaced");
    assert_eq!(targets(zone, days, &[], 40).targets(), [40], "never saved");
    assert_eq!(targets(Pacific::Apia, range("2011-12-29", "2011-12-31"), &saves, 25).days().count(), 3);
}

#[test]
fn totals_are_of_what_is_wanted() {
    let figures = Figures { attempts: 3, connected: 2, talk: 60, incoming: 1, conversions: 1 };
    let tallies = [1, 2, 3].map(|n| Tally { day: n, person: Some(n % 2), figures });
    assert_eq!(total(&tallies, |tally| tally.person == Some(1)).attempts, 6);
    assert_eq!(
        total(&tallies, |_| true),
        Figures { attempts: 9, connected: 6, talk: 180, incoming: 3, conversions: 3 }
    );
}

#[test]
fn shares_are_rounded_down_and_need_a_whole() {
    assert_eq!([share(1, 3), share(2, 2), share(0, 5), share(0, 0)], [Some(33), Some(100), Some(0), None]);
    let funnel = Funnel { came: 4, called: 3, connected: 2, converted: 1 };
    assert_eq!(
        funnel.steps(false),
        [("Came in", 4, None), ("Called", 3, Some(4)), ("Connected", 2, Some(3)), ("Converted", 1, None)]
    );
    assert_eq!(funnel.steps(true)[0], ("Assigned", 4, None));
}
