//! What holds of every plan, on snapshots of all sizes.

use calliyo_domain::assignment::{Agent, Lead, Plan, Reason, Snapshot, plan};
use proptest::collection::vec;
use proptest::prelude::*;

use super::key::{key, receivers};

/// Agents have the ids from 1 on; an owner may be missing among them.
fn someone(agents: i64) -> impl Strategy<Value = Option<i64>> + Clone {
    // Some agents occur far more often than others: that is when pairing gets difficult.
    prop_oneof![Just(None), Just(Some(1)), Just(Some(2)), (1..=agents + 1).prop_map(Some)]
}

fn leads(agents: i64, most: usize) -> impl Strategy<Value = Vec<Lead>> {
    let lead = (someone(agents), 0..6_i64, any::<bool>(), someone(agents));
    vec(lead, 0..=most).prop_map(|leads| {
        let ids = 1000_i64..;
        let lead =
            |(id, (owner, status_since, on_queue, last_owner))| Lead { id, owner, status_since, on_queue, last_owner };
        ids.zip(leads).map(lead).collect()
    })
}

/// Agents whose room is `spare` beyond their load, or short of it.
fn agents(number: i64) -> impl Strategy<Value = Vec<(u32, i64, u32, Option<i64>)>> {
    let spare = prop_oneof![-3..20_i64, Just(0), 40..80_i64];
    let agent = (0..4_u32, spare, 0..3_u32, proptest::option::of(0..3_i64));
    vec(agent, usize::try_from(number).expect("a number of agents"))
}

fn snapshot(most: usize) -> impl Strategy<Value = Snapshot> {
    (0..9_i64).prop_flat_map(move |number| (agents(number), leads(number, most))).prop_map(|(agents, leads)| {
        let agent = |(id, (other, spare, received, last_given_at)): (i64, (u32, i64, u32, Option<i64>))| {
            let load = on_queue(&leads, id) + other;
            let cap = u32::try_from((i64::from(load) + spare).max(0)).expect("a cap");
            Agent { id, cap, load, received, last_given_at }
        };
        Snapshot { agents: (1..).zip(agents).map(agent).collect(), leads }
    })
}

fn on_queue(leads: &[Lead], owner: i64) -> u32 {
    let own = leads.iter().filter(|lead| lead.on_queue && lead.owner == Some(owner));
    u32::try_from(own.count()).expect("few leads")
}

/// The snapshot after the plan, with the same leads eligible again.
fn after(snapshot: &Snapshot, plan: &Plan) -> Snapshot {
    let mut after = snapshot.clone();
    for (lead, receiver) in after.leads.iter_mut().zip(receivers(snapshot, plan)) {
        let Some(to) = receiver else { continue };
        if let Some(from) = after.agents.iter_mut().find(|agent| lead.owner == Some(agent.id)) {
            from.load -= u32::from(lead.on_queue);
        }
        after.agents[to].load += 1;
        (lead.last_owner, lead.owner, lead.on_queue) = (lead.owner, Some(after.agents[to].id), true);
    }
    after
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// R1, R2, and every lead in one list.
    #[test]
    fn keeps_the_hard_rules(snapshot in snapshot(120)) {
        prop_assert_eq!(snapshot.check(), Ok(()));
        let plan = plan(&snapshot);
        prop_assert!(key(&snapshot, &receivers(&snapshot, &plan)).is_ok());
    }

    /// Where nobody has room, leads move exactly if two agents at their very cap can swap: as the panel's warning takes for
    /// granted without a plan.
    #[test]
    fn without_room_leads_are_swapped(snapshot in snapshot(120)) {
        let mut full = snapshot;
        for agent in &mut full.agents {
            agent.cap = agent.cap.min(agent.load);
        }
        let at_cap = |agent: &&Agent| agent.load == agent.cap && on_queue(&full.leads, agent.id) > 0;
        let swaps = full.agents.iter().filter(at_cap).count() >= 2;
        prop_assert_eq!(plan(&full).counts(&full).assigned > 0, swaps);
    }

    #[test]
    fn is_the_same_in_any_order(snapshot in snapshot(120), turn in 0..200_usize) {
        let mut turned = snapshot.clone();
        turned.leads.reverse();
        let (leads, agents) = (turned.leads.len().max(1), turned.agents.len().max(1));
        turned.leads.rotate_left(turn % leads);
        turned.agents.rotate_left(turn % agents);
        prop_assert_eq!(plan(&turned), plan(&snapshot));
    }

    /// No lead stays while another agent has a place for it, and the reason says what its owner has.
    #[test]
    fn leaves_only_what_nobody_else_has_room_for(snapshot in snapshot(120)) {
        let plan = plan(&snapshot);
        let end = after(&snapshot, &plan);
        for left in &plan.left {
            let lead = snapshot.leads.iter().find(|lead| lead.id == left.lead).expect("the lead");
            let mut kept = false;
            for (agent, before) in end.agents.iter().zip(&snapshot.agents) {
                let receives = before.load <= before.cap;
                if lead.owner == Some(agent.id) {
                    kept = receives && agent.load - u32::from(lead.on_queue) < agent.cap;
                } else {
                    prop_assert!(!receives || agent.load == agent.cap, "agent {} has room for {lead:?}", agent.id);
                }
            }
            prop_assert_eq!(left.reason, if kept { Reason::NoOtherAgent } else { Reason::AtCap });
        }
    }

    /// What a run reports, counted lead by lead: each is moved, ownerless, or kept by an agent who gains none or may.
    #[test]
    fn counts_say_whose_the_leads_are_that_stay(snapshot in snapshot(120)) {
        let plan = plan(&snapshot);
        let counts = plan.counts(&snapshot);
        let stays = |lead: &&Lead| plan.moves.iter().all(|moved| moved.lead != lead.id);
        let gains_none = |owner: i64| match snapshot.agents.iter().find(|agent| agent.id == owner) {
            Some(agent) => agent.load > agent.cap,
            None => true,
        };
        let (mut at_cap, mut kept, mut closed) = (0, 0, 0);
        for lead in snapshot.leads.iter().filter(stays) {
            match lead.owner {
                None => at_cap += 1,
                Some(owner) => {
                    kept += 1;
                    if gains_none(owner) { closed += 1; }
                }
            }
        }
        prop_assert_eq!((counts.at_cap, counts.kept, counts.closed), (at_cap, kept, closed));
        prop_assert_eq!(counts.assigned, plan.moves.len() as u64);
        prop_assert_eq!(counts.assigned + counts.at_cap + counts.kept, snapshot.leads.len() as u64);
    }

    /// No exchange of two leads between moving and staying, or of two receivers, makes a plan better.
    #[test]
    fn no_exchange_of_two_is_better(snapshot in snapshot(40)) {
        let mut receivers = receivers(&snapshot, &plan(&snapshot));
        let best = key(&snapshot, &receivers).expect("R1 and R2");
        for first in 0..receivers.len() {
            for second in 0..first {
                if receivers[first] == receivers[second] {
                    continue;
                }
                receivers.swap(first, second);
                if let Ok(other) = key(&snapshot, &receivers) {
                    prop_assert!(best <= other, "{best:?} is worse than {other:?}");
                }
                receivers.swap(first, second);
            }
        }
    }

    /// R6 at any size: no ring of leads, each taking the next one's receiver, saves a return.
    #[test]
    fn no_ring_of_exchanges_saves_a_return(snapshot in snapshot(200)) {
        let receivers = receivers(&snapshot, &plan(&snapshot));
        let mut saved = costs_of_passing_on(&snapshot, &receivers);
        for over in 0..saved.len() {
            for from in 0..saved.len() {
                for to in 0..saved.len() {
                    saved[from][to] = saved[from][to].min(saved[from][over] + saved[over][to]);
                }
            }
        }
        prop_assert!((0..saved.len()).all(|agent| saved[agent][agent] >= 0));
    }

    /// Another run over the leads that stayed finds no place for them either, an agent who came in
    /// above the cap aside: it may have been relieved.
    #[test]
    fn nothing_is_left_to_do(snapshot in snapshot(120)) {
        let once = plan(&snapshot);
        let mut rest = after(&snapshot, &once);
        rest.leads.retain(|lead| once.left.iter().any(|left| left.lead == lead.id));
        let within_cap = |id| snapshot.agents.iter().any(|agent| agent.id == id && agent.load <= agent.cap);
        rest.agents.retain(|agent| within_cap(agent.id));
        prop_assert_eq!(plan(&rest).moves, []);
    }
}

/// From agent to agent: what it changes in returns to pass on the lead best suited to it.
fn costs_of_passing_on(snapshot: &Snapshot, receivers: &[Option<usize>]) -> Vec<Vec<i64>> {
    let agents = &snapshot.agents;
    let mut costs = vec![vec![1_000_000; agents.len()]; agents.len()];
    for (lead, receiver) in snapshot.leads.iter().zip(receivers) {
        let Some(from) = *receiver else { continue };
        let cost = |at: usize| i64::from(lead.last_owner == Some(agents[at].id));
        for to in (0..agents.len()).filter(|&to| lead.owner != Some(agents[to].id)) {
            costs[from][to] = costs[from][to].min(cost(to) - cost(from));
        }
    }
    costs
}
