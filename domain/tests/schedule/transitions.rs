//! Every zone and every minute beside its clock changes, against a walk along the zone's clocks minute by minute.

use calliyo_domain::{schedule::instant_on, time_of_day::TimeOfDay};
use chrono::{DateTime, Days, NaiveDate, Offset as _, TimeDelta, TimeZone as _};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::date;

/// Minutes.
const DAY: i64 = 24 * 60;
const MINUTE_MS: i64 = 60_000;

/// What the zone's clocks show at a minute of unix time, in minutes since 1970-01-01 00:00.
fn shown(zone: Tz, minute: i64) -> i64 {
    minute + offset(zone, minute)
}

fn offset(zone: Tz, minute: i64) -> i64 {
    let utc = DateTime::from_timestamp(minute * 60, 0).expect("an instant").naive_utc();
    let seconds = zone.offset_from_utc_datetime(&utc).fix().local_minus_utc();
    assert_eq!(seconds % 60, 0, "{zone}: whole minutes since 1972");
    i64::from(seconds / 60)
}

fn minutes_to(date: NaiveDate) -> i64 {
    (date - NaiveDate::default()).num_days() * DAY
}

/// Minutes and the offset from each on; the first is the offset to begin with.
type Changes = Vec<(i64, i64)>;

/// The first minutes after each change of the offset between two dates.
fn transitions(zone: Tz, from: NaiveDate, to: NaiveDate) -> Vec<i64> {
    let mut found = Vec::new();
    let mut before = minutes_to(from);
    while before < minutes_to(to) {
        let after = before + DAY / 2;
        if offset(zone, before) != offset(zone, after) {
            let (mut low, mut high) = (before, after);
            while high - low > 1 {
                let middle = low.midpoint(high);
                if offset(zone, middle) == offset(zone, before) { low = middle } else { high = middle }
            }
            found.push(high);
        }
        before = after;
    }
    found
}

/// The clocks of a zone for some days, minute by minute.
struct Walk {
    first: i64,
    shown: Vec<i64>,
}

impl Walk {
    fn around(zone: Tz, minute: i64) -> Self {
        let first = minute - 3 * DAY - 180;
        Self { first, shown: (first..minute + 3 * DAY + 180).map(|minute| shown(zone, minute)).collect() }
    }

    /// When each minute of a date is due, in the words of PRODUCT.md.
    fn due(&self, date: NaiveDate) -> Vec<Option<i64>> {
        let midnight = minutes_to(date);
        let mut first_shown = vec![None; usize::try_from(DAY).expect("a number")];
        let mut skipped = first_shown.clone();
        for (at, &now) in self.shown.iter().enumerate() {
            let minute = Some(self.first + i64::try_from(at).expect("a number"));
            if let Some(first) = Self::of_day(&mut first_shown, now - midnight) {
                *first = first.or(minute);
            }
            let before = if at == 0 { now - 1 } else { self.shown[at - 1] };
            for gap in before.max(midnight - 1) + 1..now.min(midnight + DAY) {
                *Self::of_day(&mut skipped, gap - midnight).expect("a minute of the day") = minute;
            }
        }
        // "A date that a zone skips has no run."
        if first_shown.iter().all(Option::is_none) {
            return first_shown;
        }
        first_shown.into_iter().zip(skipped).map(|(first, after_gap)| first.or(after_gap)).collect()
    }

    fn of_day(minutes: &mut [Option<i64>], minute: i64) -> Option<&mut Option<i64>> {
        usize::try_from(minute).ok().and_then(|minute| minutes.get_mut(minute))
    }
}

/// Checks all minutes of the dates beside a transition.
fn check(zone: Tz, transition: i64) {
    let walk = Walk::around(zone, transition);
    let local = |minute| NaiveDate::default() + TimeDelta::minutes(shown(zone, minute));
    let (first, last) = (local(transition - 1), local(transition));
    let (first, last) = (first.min(last) - Days::new(1), first.max(last) + Days::new(1));
    for date in first.iter_days().take_while(|date| *date <= last) {
        for (minute, expected) in (0..).zip(walk.due(date)) {
            let at = TimeOfDay::new(minute / 60, minute % 60).expect("a time of day");
            let found = instant_on(zone, at, date);
            assert_eq!(found, expected.map(|minute| minute * MINUTE_MS), "{zone} {date} {at}");
        }
    }
}

/// Runs a check over items on both halves of a small machine.
fn in_parallel<T: Sync>(items: &[T], check: impl Fn(&T) + Sync) {
    std::thread::scope(|scope| {
        for turn in 0..2 {
            let check = &check;
            scope.spawn(move || items.iter().skip(turn).step_by(2).for_each(check));
        }
    });
}

/// Zones that share all their clock changes (links, most of them) are checked once by the minute.
#[test]
fn every_minute_beside_every_clock_change_of_every_zone() {
    let (from, to) = (date("2016-01-01"), date("2028-01-01"));
    let mut kinds: Vec<(Changes, Vec<Tz>)> = Vec::new();
    for &zone in &TZ_VARIANTS {
        let mut changes = vec![(0, offset(zone, minutes_to(from)))];
        changes.extend(transitions(zone, from, to).into_iter().map(|minute| (minute, offset(zone, minute))));
        match kinds.iter_mut().find(|(other, _)| *other == changes) {
            Some((_, zones)) => zones.push(zone),
            None => kinds.push((changes, vec![zone])),
        }
    }
    assert!(kinds.len() > 100, "{} kinds of zones", kinds.len());
    let changes = |(changes, _): &(Changes, _)| changes.len() - 1;
    assert!(kinds.iter().map(changes).sum::<usize>() > 1000);
    in_parallel(&kinds, |(changes, zones)| changes[1..].iter().for_each(|&(minute, _)| check(zones[0], minute)));
}

/// Zones with a past: date lines crossed, changes at midnight or a minute after it, some days apart.
#[test]
fn every_minute_beside_the_clock_changes_of_nasty_zones_since_1973() {
    let zones = [
        Tz::Pacific__Apia,
        Tz::Pacific__Fakaofo,
        Tz::Pacific__Kwajalein,
        Tz::Pacific__Kiritimati,
        Tz::Pacific__Kanton,
        Tz::America__St_Johns,
        Tz::America__Sao_Paulo,
        Tz::Africa__Cairo,
        Tz::Africa__Casablanca,
        Tz::Antarctica__Casey,
        Tz::Asia__Gaza,
    ];
    in_parallel(&zones, |&zone| {
        for transition in transitions(zone, date("1973-01-01"), date("2016-01-01")) {
            check(zone, transition);
        }
    });
}

/// On all other dates too: each date has one instant, which comes after that of the date before.
#[test]
fn every_date_of_twelve_years_in_every_zone() {
    let dates: Vec<_> = date("2016-01-01").iter_days().take_while(|day| *day < date("2028-01-01")).collect();
    in_parallel(&TZ_VARIANTS, |&zone| {
        let mut before = i64::MIN;
        let minutes = (zone.name().len() as u16 * 97) % 1440;
        let at = TimeOfDay::new(minutes / 60, minutes % 60).expect("a time of day");
        for &day in &dates {
            let instant = instant_on(zone, at, day).expect("no zone skipped a date since 2011");
            assert!(before < instant, "{zone} {day} {at}");
            let late = shown(zone, instant / MINUTE_MS) - minutes_to(day) - i64::from(minutes);
            assert!((0..=120).contains(&late), "{zone} {day} {at}: {late} minutes after the time of day");
            before = instant;
        }
    });
}
