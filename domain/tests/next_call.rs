//! The next call with a lead, agreed on, moved and dropped without a call.

#![cfg(feature = "server")]

use calliyo_domain::{
    call::{LeadState, NextCall},
    status::{ASSIGNED, CUSTOMER, FOLLOWUPS, UNASSIGNED},
};
use chrono_tz::Tz;
use proptest::prelude::*;

const KOLKATA: Tz = chrono_tz::Asia::Kolkata;
/// 2026-05-11 09:00 in Kolkata, a Monday.
const NOW: i64 = 1_778_470_200_000;
const HOUR: i64 = 3_600_000;

fn lead(status: i64, owner: Option<i64>) -> LeadState {
    let customer = status == CUSTOMER;
    LeadState { status, owner, converter: owner.filter(|_| customer), converted_at: customer.then_some(5) }
}

/// What becomes of the lead, or the field and the beginning of the sentence that says why not.
fn after(next: NextCall, lead: &LeadState, open: &[i64]) -> Result<LeadState, (String, String)> {
    next.effect(lead, open, NOW).map_err(|invalid| (invalid.field, invalid.message.chars().take(11).collect()))
}

fn refused<T>(field: &str, said: &str) -> Result<T, (String, String)> {
    Err((field.to_owned(), said.to_owned()))
}

#[test]
fn the_time_is_ahead_and_nothing_stands_for_an_empty_field() {
    let read = |text| NextCall::of_form(text, false, NOW, KOLKATA).map_err(|invalid| invalid.field);
    assert_eq!(read(" 2026-05-11T09:01 "), Ok(NextCall::At(NOW + 60_000)));
    for wrong in ["", " ", "2026-05-11T09:00", "2020-01-01T10:00", "tomorrow", "99999-01-01T10:00"] {
        assert_eq!(read(wrong), Err("follow_up".to_owned()), "{wrong:?}");
    }
    for typed in ["", "2020-01-01T10:00", "2026-05-12T10:00"] {
        assert_eq!(NextCall::of_form(typed, true, NOW, KOLKATA), Ok(NextCall::Dropped), "{typed:?}");
    }
}

#[test]
fn an_agreed_call_moves_the_lead_to_followups_but_keeps_customers() {
    let at = NextCall::At(NOW + HOUR);
    for status in [ASSIGNED, FOLLOWUPS, 5] {
        assert_eq!(after(at, &lead(status, Some(7)), &[]), Ok(lead(FOLLOWUPS, Some(7))), "from {status}");
        assert_eq!(after(at, &lead(status, Some(7)), &[NOW - HOUR]), Ok(lead(FOLLOWUPS, Some(7))), "from {status}");
    }
    for owner in [Some(7), None] {
        assert_eq!(after(at, &lead(CUSTOMER, owner), &[]), Ok(lead(CUSTOMER, owner)));
    }
    assert_eq!(after(at, &lead(UNASSIGNED, None), &[]), refused("follow_up", "Nobody owns"));
}

#[test]
fn dropping_leaves_the_status_and_needs_something_to_drop() {
    for (status, owner) in [(FOLLOWUPS, Some(7)), (CUSTOMER, None), (5, Some(7)), (UNASSIGNED, None)] {
        let lead = lead(status, owner);
        assert_eq!(after(NextCall::Dropped, &lead, &[NOW - HOUR, NOW + HOUR]), Ok(lead.clone()));
        assert_eq!(after(NextCall::Dropped, &lead, &[]), refused("", "No call is "));
    }
}

#[test]
fn what_changes_nothing_is_refused() {
    let at = NextCall::At(NOW + HOUR);
    let followups = lead(FOLLOWUPS, Some(7));
    assert_eq!(after(at, &followups, &[NOW + HOUR]), refused("follow_up", "That is the"));
    assert_eq!(after(at, &followups, &[NOW, NOW + HOUR]), Ok(followups.clone()), "another is called off");
    assert_eq!(after(at, &lead(5, Some(7)), &[NOW + HOUR]), Ok(followups), "it moves the lead");
}

proptest! {
    #[test]
    fn whatever_is_agreed_leaves_a_sound_lead(
        from in 1_i64..=10, owned in any::<bool>(), due in prop::option::of(NOW + 1..NOW + 9 * HOUR),
        open in prop::collection::vec(NOW - HOUR..NOW + HOUR, 0..3),
    ) {
        let lead = lead(from, (from != UNASSIGNED && (owned || from != CUSTOMER)).then_some(7));
        let next = due.map_or(NextCall::Dropped, NextCall::At);
        let Ok(after) = next.effect(&lead, &open, NOW) else { return Ok(()) };
        prop_assert_eq!((after.owner, after.converter, after.converted_at), (lead.owner, lead.converter, lead.converted_at));
        let moved = next != NextCall::Dropped && lead.status != CUSTOMER;
        prop_assert_eq!(after.status, if moved { FOLLOWUPS } else { lead.status });
        prop_assert!(after.status == CUSTOMER || (after.status == UNASSIGNED) == after.owner.is_none());
    }
}
