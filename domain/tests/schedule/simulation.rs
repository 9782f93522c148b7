//! Servers that are saved to, go down and come back at random.

use calliyo_domain::{job::Trigger, time_of_day::TimeOfDay};
use chrono::NaiveDate;
use chrono_tz::Tz;
use proptest::collection::vec;
use proptest::prelude::*;

use super::world::{Mark, Rule, World};
use super::{at, date, instant};

const MINUTE: i64 = 60_000;
/// Between ticks. Times of day and offsets here are whole quarters, so the ticks between them decide nothing.
const QUARTER: i64 = 15 * MINUTE;

const ZONES: [Tz; 12] = [
    Tz::Asia__Kolkata,
    Tz::America__New_York,
    Tz::Europe__London,
    Tz::Australia__Lord_Howe,
    Tz::Africa__Cairo,
    Tz::America__Santiago,
    Tz::Africa__Casablanca,
    Tz::Antarctica__Troll,
    Tz::America__Nuuk,
    Tz::Pacific__Kiritimati,
    Tz::Pacific__Pago_Pago,
    Tz::Asia__Kathmandu,
];

#[derive(Clone, Debug)]
enum Step {
    /// Nothing but ticks, each up to this many milliseconds late.
    Up,
    /// A save that leaves the schedule as it is.
    SaveOther,
    At(TimeOfDay),
    Zone(Tz),
    Toggle,
    /// The server goes down for some milliseconds.
    Down(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Up),
        Just(Step::SaveOther),
        time_of_day().prop_map(Step::At),
        proptest::sample::select(&ZONES[..]).prop_map(Step::Zone),
        Just(Step::Toggle),
        prop_oneof![0..2 * MINUTE, 0..200 * QUARTER].prop_map(Step::Down),
        prop_oneof![0..2 * MINUTE, 0..200 * QUARTER].prop_map(Step::Down),
    ]
}

fn time_of_day() -> impl Strategy<Value = TimeOfDay> {
    let any = (0..24_u16, 0..4_u16).prop_map(|(hour, quarter)| TimeOfDay::new(hour, quarter * 15));
    let nightly = proptest::sample::select(&["00:00", "00:30", "01:30", "02:00", "02:15", "23:30", "23:45"][..]);
    prop_oneof![any.prop_map(|at| at.expect("a time of day")), nightly.prop_map(at)]
}

/// Days with clock changes in some of the zones.
fn start() -> impl Strategy<Value = i64> {
    let days = ["2024-03-28", "2024-04-04", "2026-02-13", "2026-03-06", "2026-04-03", "2026-04-22", "2026-10-02"];
    let other = ["2026-10-23", "2026-10-28", "2026-03-20", "2026-03-27", "2026-09-04", "2026-06-01"];
    let day = proptest::sample::select([&days[..], &other[..]].concat());
    (day, 0..96 * QUARTER).prop_map(|(day, ms)| instant(&format!("{day}T00:00:00Z")) + ms)
}

/// Ticks for a while: at each quarter's start, late by what `late` gives in turn.
fn tick(world: &mut World, from: i64, to: i64, late: &[i64]) {
    let ticks = (from / QUARTER + 1..).map(|tick| tick * QUARTER);
    for (tick, late) in ticks.take_while(|tick| *tick + 2_100 < to).zip(late.iter().cycle()) {
        world.compare(tick + late);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_saves_downtimes_and_ticks(
        start in start(),
        zone in proptest::sample::select(&ZONES[..]),
        at in time_of_day(),
        steps in vec((step(), prop_oneof![0..2 * MINUTE, 0..150 * QUARTER]), 1..12),
        late in vec(prop_oneof![Just(0_i64), 0..50_i64, 0..2_100_i64], 1..5),
    ) {
        let mut now = start;
        let mut world = World::new(now, Rule { zone, at, on: true });
        for (step, wait) in steps {
            let rule = world.rule();
            match step {
                Step::Up => {}
                Step::SaveOther => world.save(now, rule),
                Step::At(at) => world.save(now, Rule { at, ..rule }),
                Step::Zone(zone) => world.save(now, Rule { zone, ..rule }),
                Step::Toggle => world.save(now, Rule { on: !rule.on, ..rule }),
                Step::Down(down) => {
                    now += down;
                    world.start(now);
                }
            }
            tick(&mut world, now, now + wait, &late);
            now += wait;
        }
        prop_assert_eq!(&world.ledger, &world.expected());
    }
}

/// "With the clock moved across both clock changes of a year in the company's zone, each date has exactly one run."
#[test]
fn a_server_that_is_always_up_runs_each_date_once_and_on_time() {
    for zone in ZONES {
        for month in ["2026-02", "2026-03", "2026-04", "2026-09", "2026-10", "2026-11"] {
            for time in ["00:00", "02:15", "23:30"] {
                let rule = Rule { zone, at: at(time), on: true };
                assert_runs_every_date(rule, date(&format!("{month}-01")));
            }
        }
    }
}

fn assert_runs_every_date(rule: Rule, month: NaiveDate) {
    let start = instant(&format!("{month}T00:00:00Z"));
    let mut world = World::new(start - 96 * QUARTER, rule);
    tick(&mut world, start - 96 * QUARTER, start + 32 * 96 * QUARTER, &[0, 3, 1_900]);
    for day in month.iter_days().take(30) {
        let row = world.ledger.remove(&day);
        assert!(row.is_some_and(|row| row.mark == Mark::Ran(Trigger::Schedule)), "{rule:?} {day}: {row:?}");
    }
    assert!(world.ledger.len() <= 5, "the days before and after: {:?}", world.ledger);
}
