//! Runs on made-up companies: whatever the planner decides, the database ends as it says.

use std::collections::{BTreeMap, BTreeSet};

use calliyo_domain::{
    assignment::plan,
    job::{AgentShare, Job},
    status::{ASSIGNED, CUSTOMER, UNASSIGNED},
};

use super::{
    apply::{claimed, outcome},
    fixtures::*,
};
use crate::{
    Db, Tx,
    moves::{Moves, apply, lock_agents, snapshot},
    runs,
};

on_both!(small_companies, a_larger_company);

async fn small_companies(db: &Db) {
    for seed in 1..=12 {
        let mut tx = write(db).await;
        one_run(&mut tx, &mut Numbers(seed), 5, 60).await;
        // Rolled back: the next company starts from nothing.
    }
}

async fn a_larger_company(db: &Db) {
    let mut tx = write(db).await;
    let mut numbers = Numbers(99);
    one_run(&mut tx, &mut numbers, 30, 3_000).await;
}

async fn one_run(tx: &mut Tx, numbers: &mut Numbers, agents: i64, leads: i64) {
    company(tx, numbers, agents, leads).await;
    let statuses: Vec<i64> = (1..=10).filter(|_| numbers.below(2) == 0).collect();
    // The second run finds what the first one left.
    for _ in 0..2 {
        let before = lead_rows(tx).await;
        let (run, fence) = claimed(tx).await;
        lock_agents(tx).await.expect("locks");
        let snapshot = snapshot(tx, &statuses, AT, |_| {}).await.expect("reads");
        snapshot.plan.check().expect("sound");
        let plan = plan(&snapshot.plan);
        let moves = Moves::giving(Job::AutoAssignment, &snapshot, &plan);
        let applied = apply(tx, run, &moves, NOW, |_| {}).await.expect("applies");
        let outcome = outcome(&snapshot, &plan, &applied);
        assert!(runs::finish(tx, run, fence, &outcome.into(), Some(0), NOW).await.expect("ends"));

        let after = lead_rows(tx).await;
        let to: BTreeMap<i64, i64> = plan.moves.iter().map(|step| (step.lead, step.to)).collect();
        assert_eq!(after, before.iter().map(|row| moved(row, to.get(&row.id).copied())).collect::<Vec<_>>());

        assert_eq!((outcome.assigned, outcome.skipped), (to.len() as u64, 0));
        assert_eq!(outcome.agents, to.values().collect::<BTreeSet<_>>().len() as u64);
        let left = |owned: bool| {
            let is_left = |row: &&LeadRow| plan.left.iter().any(|left| left.lead == row.id);
            before.iter().filter(is_left).filter(|row| row.owner_id.is_some() == owned).count() as u64
        };
        assert_eq!((outcome.at_cap, outcome.kept), (left(false), left(true)));

        let receivers = snapshot.plan.agents.iter().map(|agent| (agent.id, i64::from(agent.cap)));
        let shares: Vec<_> = receivers.filter_map(|(id, cap)| share(id, cap, &before, &after, &to)).collect();
        assert_eq!(applied.shares, shares);
        assert_eq!(moves.shares(), shares, "as planned");
        let stored: Vec<_> = runs::shares(tx, run).await.expect("reads").into_iter().map(|share| share.share).collect();
        assert_eq!(stored, shares);
        assert_eq!(broken_rules(tx).await, Vec::<&str>::new());
    }
}

/// Agents of all sorts with leads of all sorts.
async fn company(tx: &mut Tx, numbers: &mut Numbers, agents: i64, leads: i64) {
    let mut owners = Vec::new();
    for n in 0..agents {
        let id = agent(tx, &format!("Agent{n}"), numbers.below(2 * leads / agents)).await;
        for column in ["banned", "receiving"] {
            if numbers.below(6) == 0 {
                execute(tx, format!("UPDATE users SET {column} = NOT {column} WHERE id = {id}")).await.expect("writes");
            }
        }
        if numbers.below(3) > 0 {
            execute(tx, format!("UPDATE users SET last_given_at = {} WHERE id = {id}", numbers.below(9)))
                .await
                .expect("writes");
        }
        owners.push(id);
    }
    let mut rows = Vec::new();
    for id in 1..=leads {
        let status = 1 + numbers.below(10);
        let owner = owners[numbers.below(agents) as usize];
        let mut row = lead(id, status, (status != UNASSIGNED).then_some(owner));
        row.since = NOW - 1_000_000 - numbers.below(40);
        rows.push(row);
    }
    add_leads(tx, &rows).await;
    for _ in 0..leads / 4 {
        let (id, owner) = (1 + numbers.below(leads), owners[numbers.below(agents) as usize]);
        execute(
            tx,
            format!("UPDATE leads SET last_owner_id = {owner}, version = {} WHERE id = {id}", 1 + numbers.below(5)),
        )
        .await
        .expect("writes");
        let (id, due) = (1 + numbers.below(leads), NOW - 20 + numbers.below(40));
        execute(
            tx,
            format!("INSERT INTO follow_ups (lead_id, agent_id, due_at, created_at) VALUES ({id}, {owner}, {due}, 1)"),
        )
        .await
        .expect("adds");
    }
}

fn moved(row: &LeadRow, to: Option<i64>) -> LeadRow {
    let Some(to) = to else { return row.clone() };
    assert!(row.status_id != CUSTOMER && row.owner_id != Some(to));
    LeadRow {
        status_id: ASSIGNED,
        status_since: NOW,
        owner_id: Some(to),
        assigned_at: Some(NOW),
        last_owner_id: row.owner_id.or(row.last_owner_id),
        version: row.version + 1,
        ..row.clone()
    }
}

fn share(agent: i64, cap: i64, before: &[LeadRow], after: &[LeadRow], to: &BTreeMap<i64, i64>) -> Option<AgentShare> {
    let load = |rows: &[LeadRow]| {
        rows.iter().filter(|row| row.owner_id == Some(agent) && [2, 3, 7, 8, 9].contains(&row.status_id)).count()
    };
    let given = to.values().filter(|receiver| **receiver == agent).count();
    let taken = before.iter().filter(|row| row.owner_id == Some(agent) && to.contains_key(&row.id)).count();
    let (before, after) = (load(before), load(after));
    let number = |n: usize| i64::try_from(n).expect("small");
    (given + taken > 0).then(|| AgentShare {
        agent,
        before: number(before),
        given: number(given),
        taken: number(taken),
        after: number(after),
        cap,
    })
}
