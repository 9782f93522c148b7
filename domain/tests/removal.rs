//! The planner of Auto removal, from outside.

use calliyo_domain::removal::{Lead, Move, Plan, Reason, Snapshot, plan};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, from_value, json, to_value};

const DAY: i64 = 86_400_000;

fn snapshot(value: Value) -> Snapshot {
    from_value(value).expect("a snapshot")
}

#[test]
fn the_json_of_the_command_line() {
    let snapshot = snapshot(json!({ "now": 10 * DAY, "days": 2, "leads": [
        { "id": 9, "owner": 4, "status_since": 8 * DAY + 1 },
        { "id": 8, "owner": 3, "status_since": 8 * DAY },
        { "id": 7, "owner": 3, "status_since": 0 },
        { "id": 6, "owner": null, "status_since": 0 },
        { "id": 5, "status_since": 10 * DAY },
    ] }));
    assert_eq!(snapshot.check(), Ok(()));
    let expected = json!({
        "moves": [{ "lead": 7, "from": 3 }, { "lead": 8, "from": 3 }],
        "left": [
            { "lead": 5, "reason": "no_owner" },
            { "lead": 6, "reason": "no_owner" },
            { "lead": 9, "reason": "too_recent" },
        ],
    });
    let plan = plan(&snapshot);
    assert_eq!(to_value(&plan).expect("JSON"), expected);
    assert_eq!(from_value::<Plan>(expected).expect("a plan"), plan);
    assert_eq!(from_value::<Snapshot>(to_value(&snapshot).expect("JSON")).expect("a snapshot"), snapshot);
}

/// 24 hours each, over a clock change too: New York's 2026-03-08 has 23.
#[test]
fn a_day_is_24_hours_to_the_millisecond() {
    let noon = 1_772_902_800_000_i64; // 2026-03-07 12:00 in New York
    for (days, now, goes) in [
        (1, noon + DAY - 1, false),
        (1, noon + DAY, true),
        (365, noon + 365 * DAY - 1, false),
        (365, noon + 365 * DAY, true),
    ] {
        let leads = vec![Lead { id: 7, owner: Some(3), status_since: noon }];
        let moves = plan(&Snapshot { now, days, leads }).moves;
        assert_eq!(moves, if goes { vec![Move { lead: 7, from: 3 }] } else { vec![] });
    }
}

#[test]
fn a_snapshot_that_makes_no_sense_is_told_by_field() {
    let check = |days: u32, ids: &[i64]| {
        let leads: Vec<_> = ids.iter().map(|id| json!({ "id": id, "owner": 3, "status_since": 0 })).collect();
        snapshot(json!({ "now": 0, "days": days, "leads": leads })).check()
    };
    assert_eq!(check(1, &[7, 8]), Ok(()));
    assert_eq!(check(365, &[]), Ok(()));
    assert_eq!(check(0, &[]), Err("days: 0 is not from 1 to 365".to_owned()));
    assert_eq!(check(366, &[]), Err("days: 366 is not from 1 to 365".to_owned()));
    assert_eq!(check(1, &[8, 7, 7]), Err("leads[2].id: 7 is already leads[1].id".to_owned()));
}

/// Where `plan` is a plan already.
fn plan_of(snapshot: &Snapshot) -> Plan {
    plan(snapshot)
}

fn leads() -> impl Strategy<Value = Vec<Lead>> {
    let since =
        prop_oneof![(0..6_i64, -1..=1_i64).prop_map(|(days, ms)| days * DAY + ms), any::<i64>(), Just(i64::MIN),];
    let lead = (proptest::option::of(1..4_i64), since);
    vec(lead, 0..40).prop_map(|leads| {
        (1..).zip(leads).map(|(id, (owner, status_since))| Lead { id, owner, status_since }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every lead in one list, by the rule's own words; sorted; the same in any order.
    #[test]
    fn by_the_words_of_the_rule(leads in leads(), days in 1..=6_u32, turn in 0..40_usize) {
        let snapshot = Snapshot { now: 6 * DAY, days, leads };
        let plan = plan(&snapshot);
        prop_assert!(plan.moves.is_sorted_by(|one, next| one.lead < next.lead));
        prop_assert!(plan.left.is_sorted_by(|one, next| one.lead < next.lead));
        prop_assert_eq!(plan.moves.len() + plan.left.len(), snapshot.leads.len());
        for lead in &snapshot.leads {
            let waited = i128::from(snapshot.now) - i128::from(lead.status_since);
            let long_enough = waited >= i128::from(days) * 24 * 60 * 60 * 1000;
            let moved = plan.moves.iter().find(|moved| moved.lead == lead.id).map(|moved| moved.from);
            let left = plan.left.iter().find(|left| left.lead == lead.id).map(|left| left.reason);
            prop_assert_eq!((moved, left), match lead.owner {
                None => (None, Some(Reason::NoOwner)),
                Some(owner) if long_enough => (Some(owner), None),
                Some(_) => (None, Some(Reason::TooRecent)),
            });
        }
        let mut turned = snapshot.clone();
        turned.leads.reverse();
        let length = turned.leads.len().max(1);
        turned.leads.rotate_left(turn % length);
        prop_assert_eq!(plan_of(&turned), plan);
    }
}
