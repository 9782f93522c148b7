//! Calls: what may be logged, when the next one is due, and what a call does to the lead.

#![cfg(feature = "server")]

use calliyo_domain::{
    call::{
        CallForm, CallStatus, Correctable, Direction, LeadState, NewCall, Record, UNDO_WITHIN, Undoable, correct,
        default_follow_up, effect, end_of_day, may_undo, start_of_day,
    },
    company, note,
    status::{ASSIGNED, CUSTOMER, FOLLOWUPS, Status, UNASSIGNED},
};
use chrono::{DateTime, Datelike as _, Timelike as _, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

const KOLKATA: Tz = chrono_tz::Asia::Kolkata;
/// 2026-05-11 09:00 in Kolkata, a Monday.
const NOW: i64 = 1_778_470_200_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn check(form: &CallForm<'_>) -> Result<NewCall, String> {
    form.check(NOW, KOLKATA, "IN").map_err(|invalid| invalid.field)
}

fn called() -> CallForm<'static> {
    CallForm { status: "called", ..CallForm::default() }
}

#[test]
fn a_call_needs_a_status_and_nothing_else() {
    let call = check(&called()).expect("valid");
    let says =
        Record { status: CallStatus::Called, direction: Direction::Outgoing, duration_seconds: 0, note: String::new() };
    assert_eq!(call, NewCall { says, follow_up: None, lead_status: None, seen_status: None });
    assert_eq!(check(&CallForm::default()).expect_err("no status"), "status");
    assert_eq!(check(&CallForm { status: "nowhere", ..called() }).expect_err("unknown"), "status");
    assert_eq!(check(&CallForm { direction: "up", ..called() }).expect_err("unknown"), "direction");
    assert_eq!(check(&CallForm { lead_status: "x", ..called() }).expect_err("unknown"), "lead_status");
}

#[test]
fn durations_are_seconds_or_clock_times() {
    let read = |duration| check(&CallForm { duration, ..called() }).map(|call| call.says.duration_seconds);
    for (text, seconds) in [("", 0), ("0", 0), ("95", 95), (" 2:30 ", 150), ("1:02:03", 3723), ("86400", 86_400)] {
        assert_eq!(read(text), Ok(seconds), "{text}");
    }
    for text in ["-1", "1.5", "2:60", ":30", "1:2:3:4", "86401", "24:00:01", "99999999999999999999", "an hour"] {
        assert_eq!(read(text), Err("duration".to_owned()), "{text}");
    }
}

#[test]
fn notes_keep_their_lines_and_have_an_end() {
    let read = |note: &str| check(&CallForm { note, ..called() }).map(|call| call.says.note);
    assert_eq!(read(" one\r\ntwo \n"), Ok("one\ntwo".to_owned()));
    assert_eq!(read(&"ä".repeat(2000)).map(|note| note.chars().count()), Ok(2000));
    assert_eq!(read(&"a".repeat(2001)), Err("note".to_owned()));
    assert_eq!(read("\0"), Err("note".to_owned()));
}

#[test]
fn a_note_that_stands_by_itself_says_something() {
    let alone = |text: &str| note::check_alone(text).map_err(|invalid| (invalid.field, invalid.message));
    assert_eq!(alone(" Wrote\r\nan email "), Ok("Wrote\nan email".to_owned()));
    for (text, said) in [
        ("", "Write something down first."),
        (" \r\n\t", "Write something down first."),
        ("\u{1b}", "A note may hold no control characters."),
        (&"a".repeat(2001), "A note may have 2000 characters at most."),
    ] {
        assert_eq!(alone(text), Err(("note".to_owned(), said.to_owned())), "{text:?}");
    }
}

#[test]
fn follow_ups_are_ahead_and_only_where_they_are_asked_for() {
    let due = |status, follow_up| check(&CallForm { status, follow_up, ..CallForm::default() }).map(|c| c.follow_up);
    assert_eq!(due("called", "2026-05-12T10:00"), Ok(None));
    for status in ["follow_up", "rescheduled"] {
        assert_eq!(due(status, ""), Ok(Some(NOW + DAY + HOUR)), "tomorrow at ten");
        assert_eq!(due(status, "2026-05-11T09:01"), Ok(Some(NOW + 60_000)));
        assert_eq!(due(status, "2028-05-11T23:59").map(|due| due.is_some()), Ok(true), "two years ahead");
        for (wrong, said) in [
            ("2026-05-11T09:00", "The next call must be ahead"),
            ("2020-01-01T10:00", "The next call must be ahead"),
            ("1900-01-01T10:00", "The next call must be ahead"),
            ("0026-05-12T10:00", "The next call must be ahead"),
            ("2028-05-12T00:00", "The next call must be within two years: 2028-05-11 at the latest."),
            ("2036-01-01T10:00", "The next call must be within two years"),
            ("2206-01-01T10:00", "The next call must be within two years"),
            ("99999-01-01T10:00", "The next call must be within two years"),
            ("202605-01-01T10:00", "The next call must be within two years"),
            ("tomorrow", "Give the date and time"),
            ("2026-02-30T10:00", "Give the date and time"),
        ] {
            let form = CallForm { status, follow_up: wrong, ..CallForm::default() };
            let refused = form.check(NOW, KOLKATA, "IN").expect_err(wrong);
            assert_eq!(refused.field, "follow_up");
            assert!(refused.message.starts_with(said), "{wrong}: {}", refused.message);
        }
    }
}

#[test]
fn the_next_working_day_passes_over_the_weekend_and_over_clock_changes() {
    let shown = |text: &str, zone: Tz| {
        let now = DateTime::parse_from_rfc3339(text).expect("a time").timestamp_millis();
        company::minute(default_follow_up(now, zone, "IN").expect("a day"), zone)
    };
    assert_eq!(shown("2026-05-14T18:00:00+05:30", KOLKATA), "2026-05-15 10:00 IST");
    for friday_to_sunday in ["2026-05-15T00:00:00+05:30", "2026-05-16T12:00:00+05:30", "2026-05-17T23:59:00+05:30"] {
        assert_eq!(shown(friday_to_sunday, KOLKATA), "2026-05-18 10:00 IST");
    }
    // The clocks change on a Sunday night: Friday's next working day has the other offset.
    assert_eq!(shown("2026-03-27T12:00:00Z", chrono_tz::Europe::London), "2026-03-30 10:00 BST");
    assert_eq!(shown("2026-10-23T12:00:00Z", chrono_tz::Europe::London), "2026-10-26 10:00 GMT");
    // Samoa had no 2011-12-30, a Friday.
    assert_eq!(shown("2011-12-29T12:00:00-10:00", chrono_tz::Pacific::Apia), "2012-01-02 10:00 +14");
}

#[test]
fn a_day_may_have_more_or_fewer_hours() {
    let length = |text: &str, zone: Tz| {
        let now = DateTime::parse_from_rfc3339(text).expect("a time").timestamp_millis();
        (end_of_day(now, zone) - start_of_day(now, zone)) / HOUR
    };
    assert_eq!(length("2026-05-11T12:00:00Z", KOLKATA), 24);
    assert_eq!(length("2026-03-29T12:00:00Z", chrono_tz::Europe::London), 23);
    assert_eq!(length("2026-10-25T12:00:00Z", chrono_tz::Europe::London), 25);
}

proptest! {
    #[test]
    fn every_now_has_its_day_and_a_working_day_after_it(
        now in 0_i64..4_102_444_800_000,
        zone in prop::sample::select(vec![
            KOLKATA, chrono_tz::Europe::London, chrono_tz::America::New_York, chrono_tz::Australia::Lord_Howe,
            chrono_tz::America::Sao_Paulo, chrono_tz::Pacific::Apia, chrono_tz::Africa::Cairo,
        ]),
    ) {
        prop_assert!(start_of_day(now, zone) <= now && now < end_of_day(now, zone));
        let due = default_follow_up(now, zone, "IN").expect("a working day");
        prop_assert!(due >= end_of_day(now, zone));
        let local = DateTime::from_timestamp_millis(due).expect("in range").with_timezone(&zone);
        prop_assert!(!matches!(local.weekday(), Weekday::Sat | Weekday::Sun));
        prop_assert_eq!((local.hour(), local.minute()), (10, 0));
        prop_assert!(due - now < 5 * DAY);
    }

    #[test]
    fn whatever_is_logged_leaves_a_sound_lead(
        from in 1_i64..=10, chosen in prop::option::of(1_i64..=12), follow_up in prop::option::of(Just(NOW + DAY)),
        owned in any::<bool>(), manager in any::<bool>(),
    ) {
        let owner = (from != UNASSIGNED && (owned || from != CUSTOMER)).then_some(7);
        let lead = lead(from, owner);
        let call = NewCall { follow_up, lead_status: chosen, ..check(&called()).expect("valid") };
        let Ok(after) = effect(&call, &lead, &pipeline(), manager, NOW) else { return Ok(()) };
        prop_assert!(after.status == CUSTOMER || (after.status == UNASSIGNED) == after.owner.is_none());
        prop_assert_eq!(after.status == CUSTOMER, after.converted_at.is_some());
        prop_assert!(manager || after.owner == lead.owner);
        prop_assert!(chosen.is_none_or(|chosen| chosen == after.status));
        if chosen.is_none() && follow_up.is_none() {
            prop_assert_eq!(after, lead);
        }
    }
}

fn pipeline() -> Vec<Status> {
    (1..=10).map(|id| Status { id, name: format!("Status {id}"), on_queue: id == 2 || id == 3 }).collect()
}

fn lead(status: i64, owner: Option<i64>) -> LeadState {
    let customer = status == CUSTOMER;
    LeadState { status, owner, converter: owner.filter(|_| customer), converted_at: customer.then_some(5) }
}

fn after(call: &CallForm<'_>, lead: &LeadState, manager: bool) -> Result<LeadState, String> {
    effect(&check(call).expect("valid"), lead, &pipeline(), manager, NOW).map_err(|invalid| invalid.field)
}

#[test]
fn busy_and_no_answer_change_nothing_by_themselves() {
    let assigned = lead(ASSIGNED, Some(7));
    for status in ["called", "busy", "no_answer", "missed", "in_progress"] {
        assert_eq!(after(&CallForm { status, ..called() }, &assigned, false), Ok(assigned.clone()));
    }
    let busy = after(&CallForm { status: "busy", lead_status: "7", ..called() }, &assigned, false);
    assert_eq!(busy, Ok(lead(7, Some(7))));
}

#[test]
fn a_date_moves_the_lead_to_followups_but_keeps_customers() {
    let follow_up = CallForm { status: "follow_up", ..called() };
    assert_eq!(after(&follow_up, &lead(ASSIGNED, Some(7)), false), Ok(lead(FOLLOWUPS, Some(7))));
    assert_eq!(after(&follow_up, &lead(CUSTOMER, Some(7)), false), Ok(lead(CUSTOMER, Some(7))));
    let chosen = CallForm { lead_status: "5", ..follow_up };
    assert_eq!(after(&chosen, &lead(ASSIGNED, Some(7)), false), Ok(lead(5, Some(7))), "what was chosen goes first");
    assert_eq!(after(&follow_up, &lead(UNASSIGNED, None), true), Err("status".to_owned()), "nobody would call");
}

#[test]
fn customers_are_converted_and_back() {
    let convert = CallForm { lead_status: "4", ..called() };
    let customer = after(&convert, &lead(ASSIGNED, Some(7)), false).expect("converts");
    assert_eq!((customer.converter, customer.converted_at), (Some(7), Some(NOW)));
    assert_eq!(after(&convert, &customer, false), Ok(customer.clone()), "once only");
    let back = after(&CallForm { lead_status: "5", ..called() }, &customer, false);
    assert_eq!(back, Ok(lead(5, Some(7))));
    let nobodys = after(&convert, &lead(UNASSIGNED, None), true).expect("converts");
    assert_eq!((nobodys.converter, nobodys.converted_at), (None, Some(NOW)));
}

#[test]
fn who_did_not_see_that_a_lead_became_a_customer_does_not_take_that_back() {
    let customer = lead(CUSTOMER, Some(7));
    let seen = |seen_status, lead_status| {
        after(&CallForm { lead_status, seen_status, ..called() }, &customer, false).map(|after| after.status)
    };
    assert_eq!(seen("2", "5"), Err("lead_status".to_owned()));
    assert_eq!(seen("2", "4"), Ok(CUSTOMER), "it was chosen twice");
    assert_eq!(seen("2", ""), Ok(CUSTOMER));
    assert_eq!(seen("4", "5"), Ok(5), "they saw it");
    let moved = after(&CallForm { lead_status: "5", seen_status: "2", ..called() }, &lead(FOLLOWUPS, Some(7)), false);
    assert_eq!(moved, Ok(lead(5, Some(7))), "who spoke with them last knows best");
}

#[test]
fn unassigned_is_for_managers() {
    let unassign = CallForm { lead_status: "1", ..called() };
    assert_eq!(after(&unassign, &lead(ASSIGNED, Some(7)), false), Err("lead_status".to_owned()));
    assert_eq!(after(&unassign, &lead(ASSIGNED, Some(7)), true), Ok(lead(UNASSIGNED, None)));
    let unknown = CallForm { lead_status: "99", ..called() };
    assert_eq!(after(&unknown, &lead(ASSIGNED, Some(7)), true), Err("lead_status".to_owned()));
}

#[test]
fn a_call_is_undone_within_ten_seconds_and_while_nothing_else_changed_the_lead() {
    let logged = Undoable { logged_at: NOW, status_before: ASSIGNED, version_then: 4, version_now: 4 };
    let statuses = [Status { id: ASSIGNED, name: "Assigned".to_owned(), on_queue: true }];
    let refused = |call, now| may_undo(call, &statuses, now).err().map(|invalid| invalid.message);
    for age in [0, 1, 9_999, 10_000, -10_000] {
        assert_eq!(refused(logged, NOW + age), None, "{age} ms later");
    }
    for age in [10_001, -10_001, DAY, i64::MAX - NOW] {
        let said = refused(logged, NOW + age).expect("too late");
        assert!(said.starts_with("The ten seconds"), "{age} ms later: {said}");
    }
    let changed = refused(Undoable { version_now: 5, ..logged }, NOW).expect("changed");
    assert!(changed.starts_with("The lead has changed"), "{changed}");
    let gone = refused(Undoable { status_before: 77, ..logged }, NOW).expect("gone");
    assert!(gone.starts_with("The status"), "{gone}");
}

proptest! {
    #[test]
    fn undoing_needs_all_of_it(age in -30_000_i64..30_000, then in 1_i64..4, version in 1_i64..4, status in 1_i64..4) {
        let call = Undoable { logged_at: NOW, status_before: status, version_then: then, version_now: version };
        let statuses = [Status { id: 2, name: "Assigned".to_owned(), on_queue: true }];
        let may = age.abs() <= UNDO_WITHIN && then == version && status == 2;
        prop_assert_eq!(may_undo(call, &statuses, NOW + age).is_ok(), may);
    }
}

fn busy(duration_seconds: i64) -> Record {
    Record { status: CallStatus::Busy, direction: Direction::Outgoing, duration_seconds, note: String::new() }
}

#[test]
fn a_call_is_corrected_by_who_logged_it_on_the_same_company_day() {
    let says = busy(60);
    // It began at 08:59 and was logged at 09:00.
    let call = Correctable { agent: 7, started_at: NOW - 60_000, undone: false, says: &says };
    let refused = |call: Correctable<'_>, who, at| call.by(who, at, KOLKATA).err().map(|invalid| invalid.message);
    for later in [0, HOUR, 15 * HOUR - 1] {
        assert_eq!(refused(call, 7, NOW + later), None, "{later} ms later");
    }
    for (case, who, at, said) in [
        (call, 8, NOW, "Only who logged"),
        (Correctable { undone: true, ..call }, 7, NOW, "The call was undone"),
        (call, 7, NOW + 15 * HOUR, "A call can be corrected on the day"),
        (call, 7, NOW - 10 * HOUR, "A call can be corrected on the day"),
        // Begun yesterday, logged today: the day is the one on which it was logged.
        (Correctable { started_at: NOW - 9 * HOUR - 60_001, ..call }, 7, NOW, "A call can be corrected on the day"),
    ] {
        let why = refused(case, who, at).unwrap_or_default();
        assert!(why.starts_with(said), "{said}: {why}");
    }
    let over_midnight = Correctable { started_at: NOW - 9 * HOUR - 60_000, ..call };
    assert_eq!(refused(over_midnight, 7, NOW), None);
}

#[test]
fn a_corrected_call_ended_when_it_was_logged() {
    let says = busy(60);
    let call = Correctable { agent: 7, started_at: NOW - 60_000, undone: false, says: &says };
    assert_eq!(correct(call, &busy(90)), Ok(NOW - 90_000));
    assert_eq!(correct(call, &busy(0)), Ok(NOW));
    assert_eq!(correct(call, &Record { note: "x".to_owned(), ..busy(60) }), Ok(NOW - 60_000));
    assert!(correct(call, &busy(60)).is_err(), "nothing is corrected");
}

/// A country, the day on which a call is logged, and the day on which the next one is due unless somebody says otherwise.
const WORKING_DAYS: &[(&str, &str, &str)] = &[
    ("IN", "2026-05-15", "2026-05-18"),
    ("", "2026-05-15", "2026-05-18"),
    ("DE", "2026-05-14", "2026-05-15"),
    ("SA", "2026-05-14", "2026-05-17"),
    ("SA", "2026-05-13", "2026-05-14"),
    ("IL", "2026-05-14", "2026-05-17"),
    ("BD", "2026-05-14", "2026-05-17"),
    ("AE", "2026-05-14", "2026-05-15"),
    ("AE", "2026-05-15", "2026-05-18"),
    ("AF", "2026-05-13", "2026-05-16"),
    ("IR", "2026-05-14", "2026-05-16"),
    ("NP", "2026-05-15", "2026-05-17"),
    ("BN", "2026-05-14", "2026-05-16"),
    ("BN", "2026-05-16", "2026-05-18"),
];

#[test]
fn the_next_working_day_is_the_countrys() {
    for (country, logged, due) in WORKING_DAYS {
        let now =
            chrono::DateTime::parse_from_rfc3339(&format!("{logged}T12:00:00Z")).expect("a time").timestamp_millis();
        let next = default_follow_up(now, chrono_tz::UTC, country).expect("a day");
        assert_eq!(company::minute(next, chrono_tz::UTC), format!("{due} 10:00 UTC"), "{country} {logged}");
    }
}
