//! R7 over many days: who is equal in everything receives as much.

use std::collections::VecDeque;

use calliyo_domain::{
    assignment::{Agent, Lead, Snapshot, plan},
    fairness::DAYS,
};
use proptest::{collection::vec, prelude::*};

/// What each of `agents` equal agents received by the end of each day, in all, where so many leads come day by day and
/// are worked off until the next.
fn received(agents: usize, leads: &[usize]) -> Vec<Vec<u32>> {
    let mut window: VecDeque<Vec<u32>> = VecDeque::new();
    let mut last_given_at = vec![None; agents];
    let mut totals = vec![0; agents];
    let mut days = Vec::new();
    for (&leads, day) in leads.iter().zip(0_i64..) {
        let agent = |at: usize| Agent {
            id: i64::try_from(at).expect("a small number"),
            cap: 1_000,
            load: 0,
            received: window.iter().map(|given| given[at]).sum(),
            last_given_at: last_given_at[at],
        };
        let lead = |id| Lead { id, owner: None, status_since: id, on_queue: false, last_owner: None };
        let snapshot =
            Snapshot { agents: (0..agents).map(agent).collect(), leads: (0..).take(leads).map(lead).collect() };
        let mut given = vec![0; agents];
        for moved in plan(&snapshot).moves {
            let to = usize::try_from(moved.to).expect("an index");
            given[to] += 1;
            last_given_at[to] = Some(day);
            totals[to] += 1;
        }
        window.push_back(given);
        // The window of a day is that day and those before it.
        if window.len() == usize::try_from(DAYS).expect("a small number") {
            window.pop_front();
        }
        days.push(totals.clone());
    }
    days
}

fn apart(received: &[u32]) -> u32 {
    received.iter().max().expect("agents") - received.iter().min().expect("agents")
}

#[test]
fn the_ties_of_a_month_even_out() {
    let after = |agents, leads: usize, days| received(agents, &vec![leads; days]).pop().expect("a day");
    assert_eq!(after(3, 2, 30), [20, 20, 20]);
    assert_eq!(after(7, 4, 28), [16; 7]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// However the leads come, agents that are equal in everything are never more than one lead apart within the days
    /// that count; on longer ways the days that leave the window may shift one more, and that doesn't grow with two
    /// months.
    #[test]
    fn equals_are_one_lead_apart_at_most(agents in 2..12_usize, leads in vec(0..30_usize, 60)) {
        for (received, day) in received(agents, &leads).iter().zip(1..) {
            let most = if day <= DAYS { 1 } else { 2 };
            prop_assert!(apart(received) <= most, "day {}: {:?}", day, received);
        }
    }
}
