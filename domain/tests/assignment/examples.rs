//! The planner by example, in the JSON that the command line reads and writes.

use calliyo_domain::assignment::{Plan, Snapshot, plan};
use serde_json::{Value, from_value, json, to_value};

/// Plans a snapshot given as JSON and fails unless the plan's JSON is as given.
fn assert_plan(snapshot: Value, expected: Value) {
    let snapshot: Snapshot = from_value(snapshot).expect("a snapshot");
    assert_eq!(snapshot.check(), Ok(()));
    let plan = plan(&snapshot);
    assert_eq!(to_value(&plan).expect("JSON"), expected);
    assert_eq!(from_value::<Plan>(expected).expect("a plan"), plan);
    assert_eq!(from_value::<Snapshot>(to_value(&snapshot).expect("JSON")).expect("a snapshot"), snapshot);
}

fn agent(id: i64, cap: u32, load: u32) -> Value {
    json!({ "id": id, "cap": cap, "load": load })
}

fn lead(id: i64, owner: Option<i64>, status_since: i64, on_queue: bool) -> Value {
    json!({ "id": id, "owner": owner, "status_since": status_since, "on_queue": on_queue })
}

#[test]
fn nobody_and_nothing() {
    assert_plan(json!({ "agents": [], "leads": [] }), json!({ "moves": [], "left": [] }));
}

#[test]
fn r1_an_agent_above_the_cap_gains_nothing_but_is_relieved() {
    assert_plan(
        json!({ "agents": [agent(1, 1, 2), agent(2, 1, 0)], "leads": [
            lead(7, Some(1), 10, true), lead(8, Some(1), 20, true), lead(9, None, 5, false),
        ] }),
        json!({ "moves": [{ "lead": 7, "to": 2 }], "left": [
            { "lead": 8, "reason": "at_cap" }, { "lead": 9, "reason": "at_cap" },
        ] }),
    );
}

#[test]
fn r2_and_r3_agents_at_the_cap_swap() {
    assert_plan(
        json!({ "agents": [agent(1, 1, 1), agent(2, 1, 1)], "leads": [
            lead(7, Some(1), 10, true), lead(8, Some(2), 20, true),
        ] }),
        json!({ "moves": [{ "lead": 7, "to": 2 }, { "lead": 8, "to": 1 }], "left": [] }),
    );
}

#[test]
fn a_lead_stays_with_the_only_agent_who_has_room() {
    assert_plan(
        json!({ "agents": [agent(1, 5, 1), agent(2, 2, 2)], "leads": [
            lead(7, Some(1), 10, true), lead(8, Some(1), 20, false), lead(9, Some(2), 30, false),
        ] }),
        json!({ "moves": [{ "lead": 9, "to": 1 }], "left": [
            { "lead": 7, "reason": "no_other_agent" }, { "lead": 8, "reason": "no_other_agent" },
        ] }),
    );
}

#[test]
fn a_lead_off_the_queue_of_a_full_agent_is_at_cap() {
    assert_plan(
        json!({ "agents": [agent(1, 2, 2)], "leads": [lead(7, Some(1), 10, false), lead(8, Some(1), 10, true)] }),
        json!({ "moves": [], "left": [{ "lead": 7, "reason": "at_cap" }, { "lead": 8, "reason": "no_other_agent" }] }),
    );
}

#[test]
fn r4_final_loads_are_even() {
    assert_plan(
        json!({ "agents": [agent(1, 9, 0), agent(2, 9, 2)], "leads": [
            lead(7, None, 10, false), lead(8, None, 20, false),
        ] }),
        json!({ "moves": [{ "lead": 7, "to": 1 }, { "lead": 8, "to": 1 }], "left": [] }),
    );
}

#[test]
fn r5_the_longest_on_their_status_go_first() {
    assert_plan(
        json!({ "agents": [agent(1, 1, 0)], "leads": [lead(7, None, 20, false), lead(8, None, 10, false)] }),
        json!({ "moves": [{ "lead": 8, "to": 1 }], "left": [{ "lead": 7, "reason": "at_cap" }] }),
    );
}

#[test]
fn r6_a_lead_does_not_go_back_where_it_came_from() {
    assert_plan(
        json!({ "agents": [agent(1, 1, 0), agent(2, 1, 0)], "leads": [
            { "id": 7, "status_since": 10, "on_queue": false, "last_owner": 1 },
            { "id": 8, "status_since": 20, "on_queue": false, "last_owner": 2 },
        ] }),
        json!({ "moves": [{ "lead": 7, "to": 2 }, { "lead": 8, "to": 1 }], "left": [] }),
    );
}

#[test]
fn r6_among_leads_equally_long_on_their_status_one_goes_that_does_not_return() {
    assert_plan(
        json!({ "agents": [agent(1, 1, 0)], "leads": [
            { "id": 7, "status_since": 10, "on_queue": false, "last_owner": 1 },
            { "id": 8, "status_since": 10, "on_queue": false },
        ] }),
        json!({ "moves": [{ "lead": 8, "to": 1 }], "left": [{ "lead": 7, "reason": "at_cap" }] }),
    );
}

#[test]
fn r7_the_fewest_received_then_never_given_then_the_longest_ago_then_the_lower_id() {
    let waiting = |id: i64, received: u32, last_given_at: Option<i64>| json!({ "id": id, "cap": 9, "load": 0, "received": received, "last_given_at": last_given_at });
    let leads = |number: i64| (1..=number).map(|id| lead(id, None, id, false)).collect::<Vec<_>>();
    let receivers = |agents: &[Value], number: i64| {
        let snapshot = from_value(json!({ "agents": agents, "leads": leads(number) })).expect("a snapshot");
        let mut agents: Vec<i64> = plan(&snapshot).moves.iter().map(|moved| moved.to).collect();
        agents.sort_unstable();
        agents
    };
    let alike = [waiting(1, 2, Some(50)), waiting(2, 2, Some(40)), waiting(4, 2, None), waiting(3, 2, Some(40))];
    assert_eq!([1, 2, 3].map(|number| receivers(&alike, number)), [vec![4], vec![2, 4], vec![2, 3, 4]]);
    let unlike = [waiting(1, 2, None), waiting(2, 1, Some(50)), waiting(3, 0, Some(60))];
    assert_eq!([1, 2].map(|number| receivers(&unlike, number)), [vec![3], vec![2, 3]]);
}

#[test]
fn an_owner_may_be_missing_among_the_agents() {
    assert_plan(
        json!({ "agents": [agent(1, 1, 0)], "leads": [lead(7, Some(99), 10, true), lead(8, Some(99), 20, false)] }),
        json!({ "moves": [{ "lead": 7, "to": 1 }], "left": [{ "lead": 8, "reason": "at_cap" }] }),
    );
}

#[test]
fn leads_alike_are_dealt_round_the_agents() {
    let leads: Vec<_> = (1..=4).map(|id| lead(id, None, id, false)).collect();
    let to = |lead: i64, agent: i64| json!({ "lead": lead, "to": agent });
    assert_plan(
        json!({ "agents": [agent(1, 9, 0), agent(2, 9, 0)], "leads": leads }),
        json!({ "moves": [to(1, 1), to(2, 2), to(3, 1), to(4, 2)], "left": [] }),
    );
}

#[test]
fn a_snapshot_that_makes_no_sense_is_told_by_field() {
    let check = |snapshot: Value| from_value::<Snapshot>(snapshot).expect("a snapshot").check();
    let twice = |id: i64| vec![lead(3, None, 0, false), lead(id, None, 0, false), lead(id, None, 0, false)];
    assert_eq!(
        check(json!({ "agents": [agent(4, 1, 0), agent(4, 2, 0)], "leads": [] })),
        Err("agents[1].id: 4 is already agents[0].id".to_owned()),
    );
    assert_eq!(
        check(json!({ "agents": [], "leads": twice(5) })),
        Err("leads[2].id: 5 is already leads[1].id".to_owned()),
    );
    assert_eq!(
        check(json!({ "agents": [agent(4, 1, 0)], "leads": [lead(3, Some(4), 0, true)] })),
        Err("agents[0].load: 0 is less than the agent's 1 leads on the queue".to_owned()),
    );
}
