//! What is due, by example: PRODUCT.md, "When they run", sentence by sentence.

use std::collections::BTreeSet;

use calliyo_domain::{
    job::{Job, Trigger},
    schedule::{Daily, Due, LOOK_BACK, Slot, due, last_change, ledger_from, next_run},
    settings::{AutoRemoval, DailyJob as _},
};
use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{at, date, instant};

/// 09:00 in Kolkata, on since the start of May 2026.
fn nine_in_kolkata() -> Daily {
    Daily { zone: Tz::Asia__Kolkata, at: at("09:00"), since: instant("2026-05-01T00:00:00+05:30") }
}

fn all_until(last: &str) -> BTreeSet<NaiveDate> {
    date("2026-05-01").iter_days().take_while(|day| *day <= date(last)).collect()
}

fn slot(day: &str, time: &str) -> Slot {
    Slot { date: date(day), instant: instant(time) }
}

fn runs(slot: Slot, trigger: Trigger) -> Due {
    Due { missed: vec![], run: Some((slot, trigger)) }
}

const LONG_UP: i64 = 0;

#[test]
fn once_a_date_at_its_time() {
    let daily = nine_in_kolkata();
    let ledger = all_until("2026-05-10");
    let nine = slot("2026-05-11", "2026-05-11T09:00:00+05:30");
    assert_eq!(due(&daily, &ledger, nine.instant - 1, LONG_UP), Due::default());
    assert_eq!(due(&daily, &ledger, nine.instant, LONG_UP), runs(nine, Trigger::Schedule));
    assert_eq!(due(&daily, &all_until("2026-05-11"), nine.instant, LONG_UP), Due::default());
    assert_eq!(next_run(&daily, &ledger, nine.instant - 1), Some(nine));
    assert_eq!(next_run(&daily, &ledger, nine.instant), Some(nine));
    let tomorrow = slot("2026-05-12", "2026-05-12T09:00:00+05:30");
    assert_eq!(next_run(&daily, &all_until("2026-05-11"), nine.instant), Some(tomorrow));
    assert_eq!(next_run(&daily, &ledger, nine.instant + 1), Some(tomorrow));
}

#[test]
fn caught_up_if_the_server_was_down_at_the_time() {
    let nine = slot("2026-05-11", "2026-05-11T09:00:00+05:30");
    let trigger = |late: i64, up: i64| {
        let now = nine.instant + late;
        due(&nine_in_kolkata(), &all_until("2026-05-10"), now, nine.instant + up).run.map(|(_, trigger)| trigger)
    };
    assert_eq!(trigger(2_000, 2_000), Some(Trigger::Schedule), "started within the two seconds");
    assert_eq!(trigger(2_001, 1), Some(Trigger::CatchUp), "down at the time");
    assert_eq!(trigger(2_001, 0), Some(Trigger::Schedule), "up, and a slow tick");
    assert_eq!(trigger(62_000, -5), Some(Trigger::Schedule), "up, and one tick lost");
    assert_eq!(trigger(62_001, -5), Some(Trigger::CatchUp), "up, but asleep");
    assert_eq!(serde_json::to_string(&Trigger::CatchUp).expect("JSON"), "\"catch_up\"");
}

#[test]
fn one_catch_up_on_the_same_date_otherwise_missed() {
    let (daily, ledger) = (nine_in_kolkata(), all_until("2026-05-08"));
    let missed = vec![slot("2026-05-09", "2026-05-09T09:00:00+05:30"), slot("2026-05-10", "2026-05-10T09:00:00+05:30")];
    let today = slot("2026-05-11", "2026-05-11T09:00:00+05:30");
    let start = instant("2026-05-11T23:59:59+05:30");
    let answer = Due { missed: missed.clone(), run: Some((today, Trigger::CatchUp)) };
    assert_eq!(due(&daily, &ledger, start, start), answer);
    let midnight = start + 1000;
    let answer = Due { missed: [missed.clone(), vec![today]].concat(), run: None };
    assert_eq!(due(&daily, &ledger, midnight, midnight), answer);
    let early = instant("2026-05-11T08:59:59+05:30");
    assert_eq!(due(&daily, &ledger, early, early), Due { missed, run: None });
}

#[test]
fn switched_on_after_todays_time_starts_tomorrow() {
    let on = |time: &str| Daily { since: instant(time), ..nine_in_kolkata() };
    let now = instant("2026-05-11T12:00:00+05:30");
    let none = BTreeSet::new();
    assert_eq!(due(&on("2026-05-11T09:00:01+05:30"), &none, now, LONG_UP), Due::default());
    let next = next_run(&on("2026-05-11T09:00:01+05:30"), &none, now);
    assert_eq!(next, Some(slot("2026-05-12", "2026-05-12T09:00:00+05:30")));
    // On time to the millisecond is in time.
    let today = slot("2026-05-11", "2026-05-11T09:00:00+05:30");
    assert_eq!(due(&on("2026-05-11T09:00:00+05:30"), &none, today.instant, LONG_UP), runs(today, Trigger::Schedule));
}

#[test]
fn a_changed_time_never_runs_a_date_again_nor_for_an_instant_before_the_change() {
    let changed = |time: &str, since: &str| Daily { at: at(time), since: instant(since), ..nine_in_kolkata() };
    let now = instant("2026-05-11T18:00:00+05:30");
    // Ran at nine, then changed to the afternoon.
    let later = changed("17:00", "2026-05-11T10:00:00+05:30");
    assert_eq!(due(&later, &all_until("2026-05-11"), now, LONG_UP), Due::default());
    // Changed at half past eight to eight: today is over for it, and was not missed.
    let earlier = changed("08:00", "2026-05-11T08:30:00+05:30");
    assert_eq!(due(&earlier, &all_until("2026-05-10"), now, LONG_UP), Due::default());
    let tomorrow = Some(slot("2026-05-12", "2026-05-12T08:00:00+05:30"));
    assert_eq!(next_run(&earlier, &all_until("2026-05-10"), now), tomorrow);
}

#[test]
fn a_changed_zone_never_runs_a_date_again_nor_for_an_instant_before_the_change() {
    // 10:30 in Kolkata on the 11th, which ran, is 19:00 in Honolulu on the 10th.
    let since = instant("2026-05-11T10:30:00+05:30");
    let west = Daily { zone: Tz::Pacific__Honolulu, since, ..nine_in_kolkata() };
    let next = slot("2026-05-12", "2026-05-12T09:00:00-10:00");
    assert_eq!(next_run(&west, &all_until("2026-05-11"), since), Some(next));
    assert_eq!(due(&west, &all_until("2026-05-11"), next.instant - 1, LONG_UP), Due::default());
    assert_eq!(due(&west, &all_until("2026-05-11"), next.instant, LONG_UP), runs(next, Trigger::Schedule));
    // A date that comes again and has not run does run.
    let enabled = Daily { at: at("20:00"), ..west };
    assert_eq!(next_run(&enabled, &BTreeSet::new(), since), Some(slot("2026-05-10", "2026-05-10T20:00:00-10:00")));
}

/// Nuuk's 2024-03-30 at 23:30 is due at midnight: caught up on the 31st, unless that date's own run is due too.
#[test]
fn a_run_due_on_the_next_date_may_be_caught_up_on_that() {
    let daily = Daily { zone: Tz::America__Nuuk, at: at("23:30"), since: instant("2024-03-30T12:00:00Z") };
    let saturday = slot("2024-03-30", "2024-03-31T00:00:00-01:00");
    let sunday = slot("2024-03-31", "2024-03-31T23:30:00-01:00");
    let none = BTreeSet::new();
    assert_eq!(due(&daily, &none, saturday.instant, LONG_UP), runs(saturday, Trigger::Schedule));
    let on_at_midnight = Daily { since: saturday.instant, ..daily };
    assert_eq!(due(&on_at_midnight, &none, saturday.instant, LONG_UP), runs(saturday, Trigger::Schedule));
    assert_eq!(next_run(&daily, &none, saturday.instant), Some(saturday));
    let start = saturday.instant + 120_000;
    assert_eq!(due(&daily, &none, start, start), runs(saturday, Trigger::CatchUp));
    let both = Due { missed: vec![saturday], run: Some((sunday, Trigger::Schedule)) };
    assert_eq!(due(&daily, &none, sunday.instant, sunday.instant), both);
}

/// St. John's, 2010-11-07 00:01 → 2010-11-06 23:01: the 7th begins, is put off for an hour, and is not over.
#[test]
fn a_date_that_begins_twice() {
    let daily = Daily { zone: Tz::America__St_Johns, at: at("00:00"), since: instant("2010-11-06T12:00:00Z") };
    let midnight = slot("2010-11-07", "2010-11-07T00:00:00-02:30");
    let again_the_6th = instant("2010-11-06T23:30:00-03:30");
    let none = BTreeSet::new();
    assert_eq!(due(&daily, &none, midnight.instant, LONG_UP), runs(midnight, Trigger::Schedule));
    assert_eq!(due(&daily, &none, again_the_6th, again_the_6th), runs(midnight, Trigger::CatchUp));
}

#[test]
fn the_clock_set_back_runs_nothing_again() {
    let ledger = all_until("2026-05-20");
    for now in ["2026-05-11T09:00:00+05:30", "2026-04-11T09:00:00+05:30"] {
        assert_eq!(due(&nine_in_kolkata(), &ledger, instant(now), LONG_UP), Due::default());
    }
    // To before the save: nothing until then.
    let before = instant("2026-04-11T09:00:00+05:30");
    let first = slot("2026-05-01", "2026-05-01T09:00:00+05:30");
    assert_eq!(next_run(&nine_in_kolkata(), &BTreeSet::new(), before), Some(first));
}

/// The history of a year is kept: what was pruned from it isn't called missed.
#[test]
fn looks_back_for_less_than_the_history_is_kept() {
    let daily = Daily { since: i64::MIN, ..nine_in_kolkata() };
    let now = instant("2026-05-11T09:00:00+05:30");
    let missed = due(&daily, &BTreeSet::new(), now, now).missed;
    assert_eq!(missed.len(), 300);
    assert_eq!(missed.first().map(|slot| slot.date), ledger_from(&daily, now));
    assert!(missed.iter().all(|slot| now - slot.instant <= LOOK_BACK));
    const { assert!(LOOK_BACK < 365 * 24 * 60 * 60 * 1000) };
    assert_eq!(ledger_from(&nine_in_kolkata(), now), Some(date("2026-05-01")));
}

#[test]
fn a_schedule_starts_with_the_save_that_changed_it() {
    let at_nine = AutoRemoval { enabled: true, statuses: vec![8], days: 2, at: at("09:00") };
    let off = AutoRemoval { enabled: false, ..at_nine.clone() };
    let other_days = AutoRemoval { days: 3, ..at_nine.clone() };
    let at_ten = AutoRemoval { at: at("10:00"), ..other_days.clone() };
    let changed = |history: Vec<_>| last_change(history, AutoRemoval::daily_at);
    assert_eq!(changed(vec![]), None);
    assert_eq!(changed(vec![(1, off.clone(), at_nine.clone()), (2, at_nine.clone(), other_days.clone())]), Some(1));
    assert_eq!(changed(vec![(3, other_days, at_ten.clone()), (1, off.clone(), at_nine)]), Some(3));
    let off_at_ten = AutoRemoval { enabled: false, ..at_ten };
    assert_eq!(changed(vec![(4, off, off_at_ten)]), None, "off all along");
}

#[test]
fn removal_then_assignment_then_top_up() {
    assert_eq!(Job::DAILY.map(Job::key), ["auto_removal", "auto_assignment", "top_up"]);
    assert!(Job::ALL.is_sorted());
    for job in Job::ALL {
        assert_eq!(Job::from_key(job.key()), Some(job));
        assert_eq!(serde_json::to_value(job).expect("JSON"), job.key());
    }
    assert_eq!(Job::from_key("import"), None);
}
