//! The planner of Daily lead top-up, from outside.

use calliyo_domain::{
    assignment::{Agent, Lead, Plan, Reason, Snapshot},
    top_up::{open_places, plan},
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{from_value, json, to_value};

fn unassigned(id: i64, status_since: i64) -> Lead {
    Lead { id, owner: None, status_since, on_queue: false, last_owner: None }
}

fn agent(id: i64, cap: u32, load: u32) -> Agent {
    Agent { id, cap, load, received: 0, last_given_at: None }
}

#[test]
fn fills_queues_in_the_json_of_the_command_line() {
    let snapshot: Snapshot = from_value(json!({
        "agents": [{ "id": 1, "cap": 3, "load": 2 }, { "id": 2, "cap": 1, "load": 0, "last_given_at": 5 }],
        "leads": [
            { "id": 7, "status_since": 30, "on_queue": false },
            { "id": 8, "status_since": 10, "on_queue": false, "last_owner": 2 },
            { "id": 9, "owner": null, "status_since": 20, "on_queue": false },
        ],
    }))
    .expect("a snapshot");
    let plan = plan(&snapshot);
    assert_eq!(
        to_value(&plan).expect("JSON"),
        json!({
            "moves": [{ "lead": 8, "to": 1 }, { "lead": 9, "to": 2 }],
            "left": [{ "lead": 7, "reason": "at_cap" }],
        })
    );
    assert_eq!(open_places(&snapshot, &plan), 0);
}

#[test]
fn what_room_is_left_when_the_leads_run_out() {
    // The agent above the cap has no room, and takes none from the others'.
    let agents = vec![agent(1, 10, 4), agent(2, 8, 8), agent(3, 5, 9), agent(4, 3, 0)];
    let snapshot = Snapshot { agents, leads: vec![unassigned(1, 1), unassigned(2, 2)] };
    let plan = plan(&snapshot);
    assert_eq!((plan.moves.len(), plan.left.len()), (2, 0));
    assert_eq!(open_places(&snapshot, &plan), 7);
    let nobody = Snapshot::default();
    assert_eq!((plan_of(&nobody), open_places(&nobody, &Plan::default())), (Plan::default(), 0));
}

/// Where `plan` is a plan already.
fn plan_of(snapshot: &Snapshot) -> Plan {
    plan(snapshot)
}

#[test]
fn leads_that_have_an_owner_stay() {
    let owned = Lead { owner: Some(1), ..unassigned(7, 1) };
    let snapshot = Snapshot { agents: vec![agent(1, 9, 1), agent(2, 9, 0)], leads: vec![owned, unassigned(8, 2)] };
    let plan = plan(&snapshot);
    assert_eq!(to_value(&plan).expect("JSON"), json!({ "moves": [{ "lead": 8, "to": 2 }], "left": [] }));
    assert_eq!(open_places(&snapshot, &plan), 16);
}

fn snapshots() -> impl Strategy<Value = Snapshot> {
    let agents = vec((0..12_u32, 0..12_u32, 0..3_u32, proptest::option::of(0..3_i64)), 0..7);
    let leads = vec((0..9_i64, proptest::option::of(1..8_i64)), 0..60);
    (agents, leads).prop_map(|(agents, leads)| Snapshot {
        agents: (1..)
            .zip(agents)
            .map(|(id, (cap, load, received, last_given_at))| Agent { id, cap, load, received, last_given_at })
            .collect(),
        leads: (100..)
            .zip(leads)
            .map(|(id, (status_since, last_owner))| Lead { last_owner, ..unassigned(id, status_since) })
            .collect(),
    })
}

/// The even loads by handing out one place after another, each to the lowest load; R7 where there are several.
fn dealt_one_by_one(snapshot: &Snapshot) -> Vec<u32> {
    let mut agents: Vec<(&Agent, u32)> = snapshot.agents.iter().map(|agent| (agent, agent.load)).collect();
    for _ in &snapshot.leads {
        let open = agents.iter_mut().filter(|(agent, load)| *load < agent.cap);
        let Some((_, load)) = open.min_by_key(|(agent, load)| (*load, agent.received, agent.last_given_at, agent.id))
        else {
            break;
        };
        *load += 1;
    }
    agents.iter().map(|(agent, load)| load - agent.load).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Until no room or no leads are left; R1, R4 and R7 by dealing one by one; R5; left is at cap.
    #[test]
    fn fills_the_room_evenly_with_the_longest_waiting(snapshot in snapshots()) {
        let plan = plan(&snapshot);
        let room: u32 = snapshot.agents.iter().map(|agent| agent.cap.saturating_sub(agent.load)).sum();
        let room = usize::try_from(room).expect("a number");
        prop_assert_eq!(plan.moves.len(), room.min(snapshot.leads.len()));
        prop_assert_eq!(plan.moves.len() + plan.left.len(), snapshot.leads.len());
        prop_assert_eq!(open_places(&snapshot, &plan), (room - plan.moves.len()) as u64);

        let given = |agent: &Agent| u32::try_from(plan.moves.iter().filter(|moved| moved.to == agent.id).count());
        let given: Vec<u32> = snapshot.agents.iter().map(|agent| given(agent).expect("a number")).collect();
        prop_assert_eq!(given, dealt_one_by_one(&snapshot));

        let since = |id| snapshot.leads.iter().find(|lead| lead.id == id).expect("the lead").status_since;
        let newest_moved = plan.moves.iter().map(|moved| since(moved.lead)).max().unwrap_or(i64::MIN);
        for left in &plan.left {
            prop_assert_eq!(left.reason, Reason::AtCap);
            prop_assert!(newest_moved <= since(left.lead));
        }
    }

    /// R6, given how many each agent receives: no two leads could trade receivers, or a moved lead with one left
    /// that waits as long, and save a return.
    #[test]
    fn no_trade_of_two_saves_a_return(snapshot in snapshots()) {
        let plan = plan(&snapshot);
        let lead = |id: i64| snapshot.leads.iter().find(|lead| lead.id == id).expect("the lead");
        let returns = |id: i64, to: i64| usize::from(lead(id).last_owner == Some(to));
        for one in &plan.moves {
            for other in &plan.moves {
                let now = returns(one.lead, one.to) + returns(other.lead, other.to);
                prop_assert!(now <= returns(one.lead, other.to) + returns(other.lead, one.to));
            }
            for left in plan.left.iter().filter(|left| lead(left.lead).status_since == lead(one.lead).status_since) {
                prop_assert!(returns(one.lead, one.to) <= returns(left.lead, one.to));
            }
        }
    }

    #[test]
    fn is_the_same_in_any_order(snapshot in snapshots(), turn in 0..100_usize) {
        let mut turned = snapshot.clone();
        turned.leads.reverse();
        let (leads, agents) = (turned.leads.len().max(1), turned.agents.len().max(1));
        turned.leads.rotate_left(turn % leads);
        turned.agents.rotate_left(turn % agents);
        prop_assert_eq!(plan(&turned), plan(&snapshot));
    }
}
