//! Leads dealt by hand: properties, and examples.

use std::collections::BTreeMap;

use calliyo_domain::dealing::{Chosen, Dealt, Receiver, deal};
use proptest::prelude::*;

fn receivers() -> impl Strategy<Value = Vec<Receiver>> {
    prop::collection::vec(-3..12i64, 0..5)
        .prop_map(|rooms| (1..).zip(rooms).map(|(id, room)| Receiver { id, room }).collect())
}

fn leads() -> impl Strategy<Value = Vec<Chosen>> {
    prop::collection::vec((prop::option::of(1..8i64), prop::bool::ANY), 0..40).prop_map(|leads| {
        (1..).zip(leads).map(|(id, (owner, on_queue))| Chosen { id: id * 10, owner, on_queue }).collect()
    })
}

/// What each receiver has of the leads of one kind when all is dealt.
fn parts(receivers: &[Receiver], leads: &[Chosen], dealt: &Dealt, on_queue: bool) -> BTreeMap<i64, i64> {
    let mut parts: BTreeMap<i64, i64> = receivers.iter().map(|receiver| (receiver.id, 0)).collect();
    for lead in leads.iter().filter(|lead| lead.on_queue == on_queue) {
        let moved = dealt.moves.iter().find(|(id, _)| *id == lead.id).map(|(_, to)| *to);
        if let Some(part) = moved.or(lead.owner).and_then(|owner| parts.get_mut(&owner)) {
            *part += 1;
        }
    }
    parts
}

proptest! {
    #[test]
    fn every_lead_is_in_one_of_the_three(receivers in receivers(), leads in leads()) {
        let dealt = deal(&receivers, &leads);
        let mut all: Vec<i64> = dealt.moves.iter().map(|(lead, _)| *lead).chain(dealt.kept).chain(dealt.left).collect();
        all.sort_unstable();
        prop_assert_eq!(all, leads.iter().map(|lead| lead.id).collect::<Vec<_>>());
    }

    #[test]
    fn no_lead_goes_to_its_owner_and_only_what_receivers_have_is_kept(receivers in receivers(), leads in leads()) {
        let dealt = deal(&receivers, &leads);
        let owner = |id: i64| leads.iter().find(|lead| lead.id == id).and_then(|lead| lead.owner);
        prop_assert!(dealt.moves.iter().all(|(lead, to)| owner(*lead) != Some(*to)));
        prop_assert!(dealt.kept.iter().all(|lead| receivers.iter().any(|receiver| owner(*lead) == Some(receiver.id))));
    }

    #[test]
    fn nobody_ends_above_the_room_and_nothing_is_left_while_there_is_some(receivers in receivers(), leads in leads()) {
        let dealt = deal(&receivers, &leads);
        let parts = parts(&receivers, &leads, &dealt, true);
        let owned = |id| leads.iter().filter(|lead| lead.on_queue && lead.owner == Some(id)).count() as i64;
        let room = |receiver: &Receiver| receiver.room.max(0) + owned(receiver.id);
        for receiver in &receivers {
            prop_assert!(parts[&receiver.id] <= room(receiver), "{:?} has {}", receiver, parts[&receiver.id]);
        }
        let left = |on_queue| leads.iter().filter(|lead| lead.on_queue == on_queue && dealt.left.contains(&lead.id)).count();
        if left(true) > 0 {
            prop_assert!(receivers.iter().all(|receiver| parts[&receiver.id] == room(receiver)));
        }
        prop_assert!(receivers.is_empty() || left(false) == 0, "what is on no queue takes no room");
    }

    #[test]
    fn parts_are_even_as_far_as_room_goes(receivers in receivers(), leads in leads()) {
        let dealt = deal(&receivers, &leads);
        for on_queue in [true, false] {
            let parts = parts(&receivers, &leads, &dealt, on_queue);
            for poor in &receivers {
                let owned = leads.iter().filter(|lead| lead.on_queue && lead.owner == Some(poor.id)).count() as i64;
                let full = on_queue && parts[&poor.id] == poor.room.max(0) + owned;
                let most = parts.values().max().copied().unwrap_or(0);
                prop_assert!(full || most - parts[&poor.id] <= 1, "{:?} of {:?}", poor, parts);
            }
        }
    }

    /// No way to have the same parts moves fewer leads: who keeps less than they have, has a smaller part.
    #[test]
    fn as_few_as_possible_change_hands(receivers in receivers(), leads in leads()) {
        let dealt = deal(&receivers, &leads);
        for on_queue in [true, false] {
            let parts = parts(&receivers, &leads, &dealt, on_queue);
            for receiver in &receivers {
                let of = |lead: &&Chosen| lead.on_queue == on_queue && lead.owner == Some(receiver.id);
                let owned = leads.iter().filter(of).count() as i64;
                let kept = leads.iter().filter(of).filter(|lead| dealt.kept.contains(&lead.id)).count() as i64;
                prop_assert_eq!(kept, owned.min(parts[&receiver.id]));
            }
        }
    }
}

fn waiting(ids: std::ops::RangeInclusive<i64>) -> Vec<Chosen> {
    ids.map(|id| Chosen { id, owner: None, on_queue: true }).collect()
}

#[test]
fn one_agent_gets_what_there_is_room_for_and_those_first_that_come_first() {
    let dealt = deal(&[Receiver { id: 7, room: 2 }], &waiting(1..=3));
    assert_eq!(dealt, Dealt { moves: vec![(1, 7), (2, 7)], kept: vec![], left: vec![3] });
}

#[test]
fn several_get_them_in_turn() {
    let receivers = [1, 2, 3].map(|id| Receiver { id, room: if id == 2 { 1 } else { 9 } });
    let dealt = deal(&receivers, &waiting(1..=6));
    assert_eq!(dealt.moves, [(1, 1), (2, 2), (3, 3), (4, 1), (5, 3), (6, 1)]);
}

#[test]
fn who_has_them_already_keeps_their_part() {
    let mut leads = waiting(1..=4);
    for lead in &mut leads {
        lead.owner = Some(1);
    }
    let dealt = deal(&[Receiver { id: 1, room: 0 }, Receiver { id: 2, room: 9 }], &leads);
    assert_eq!(dealt, Dealt { moves: vec![(3, 2), (4, 2)], kept: vec![1, 2], left: vec![] });
}
