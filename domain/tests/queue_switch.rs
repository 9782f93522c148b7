//! What the switch "on the queue" of a status would do to loads.

use calliyo_domain::{
    queue_switch::{OverCap, Owned, QueueSwitch, switch},
    status::Status,
};
use proptest::prelude::*;

fn status(id: i64, on_queue: bool) -> Status {
    Status { id, name: format!("Status {id}"), on_queue }
}

fn owned(owner: i64, name: &str, cap: i64, status: i64, leads: i64) -> Owned {
    Owned { owner, name: name.to_owned(), cap, status, leads }
}

fn over(name: &str, load: i64, cap: i64) -> OverCap {
    OverCap { name: name.to_owned(), load, cap }
}

#[test]
fn names_who_goes_over_the_cap() {
    let pipeline = [status(2, true), status(5, false), status(6, false), status(7, true)];
    let all = [
        owned(1, "Asha", 40, 2, 30),
        owned(1, "Asha", 40, 7, 2),
        owned(1, "Asha", 40, 5, 20),
        owned(2, "Mo", 40, 2, 30),
        owned(2, "Mo", 40, 5, 10),
        owned(3, "Ria", 10, 2, 50),
        owned(4, "Sam", 0, 5, 1),
    ];
    let found = switch(&pipeline[1], &pipeline, &all);
    assert_eq!(
        found,
        QueueSwitch { leads: 31, owners: 3, over: vec![over("Asha", 52, 40), over("Sam", 1, 0)], more_over: 0 }
    );
    assert_eq!(found.sentence(true), "31 leads of 3 agents count toward the lead cap then, and are listed as tasks.");
    assert_eq!(
        found.warning().unwrap(),
        "Over their lead cap: Asha (52 of 40) and Sam (1 of 0). They keep their leads, and get none until there is room."
    );
}

#[test]
fn off_the_queue_nobody_goes_over() {
    let pipeline = [status(2, true), status(7, true)];
    let all = [owned(1, "Asha", 1, 2, 30), owned(1, "Asha", 1, 7, 1)];
    let found = switch(&pipeline[1], &pipeline, &all);
    assert_eq!((&found.over, found.warning()), (&vec![], None));
    assert_eq!(
        found.sentence(false),
        "1 lead of 1 agent no longer counts toward the lead cap: the next runs may give another for it."
    );
    assert_eq!(switch(&pipeline[0], &pipeline, &all), QueueSwitch::default(), "it is on the queue for good");
    let none = switch(&status(9, true), &pipeline, &all);
    assert_eq!(none.sentence(false), "Nobody owns a lead on it, so that no load changes.");
}

#[test]
fn many_names_are_cut() {
    let pipeline = [status(5, false)];
    let all: Vec<Owned> = (1..=14).map(|id| owned(id, &format!("A{id}"), 1_000, 5, 1_000 + id)).collect();
    let warning = switch(&pipeline[0], &pipeline, &all).warning().unwrap();
    assert!(warning.starts_with("Over their lead cap: A14 (1,014 of 1,000), A13 (1,013 of 1,000), "), "{warning}");
    assert!(warning.contains("A3 (1,003 of 1,000) and 2 more. They keep"), "{warning}");
}

proptest! {
    /// Against each owner's load counted by itself, before and after.
    #[test]
    fn agrees_with_loads_counted_one_by_one(
        on in prop::collection::vec(any::<bool>(), 4),
        caps in prop::collection::vec(0..40_i64, 3),
        leads in prop::collection::vec(0..20_i64, 12),
        which in 0..4_usize,
    ) {
        let pipeline: Vec<Status> = on.iter().zip(5..).map(|(on, id)| status(id, *on)).collect();
        let all: Vec<Owned> = (0..12)
            .map(|n| (n / 4, n % 4, leads[n]))
            .map(|(owner, at, leads)| owned(owner as i64, &owner.to_string(), caps[owner], at as i64 + 5, leads))
            .collect();
        let found = switch(&pipeline[which], &pipeline, &all);
        for owner in 0..3 {
            let load = (0..4).filter(|at| on[*at] || *at == which).map(|at| leads[owner * 4 + at]).sum::<i64>();
            let is_over = !on[which] && leads[owner * 4 + which] > 0 && load > caps[owner];
            let named = found.over.iter().find(|over| over.name == owner.to_string());
            prop_assert_eq!(named.map(|over| (over.load, over.cap)), is_over.then_some((load, caps[owner])));
        }
        prop_assert!(found.over.windows(2).all(|pair| pair[0].load - pair[0].cap >= pair[1].load - pair[1].cap));
        prop_assert_eq!(found.leads as i64, (0..3).map(|owner| leads[owner * 4 + which]).sum::<i64>());
    }
}
