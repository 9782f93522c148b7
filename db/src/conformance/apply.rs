use calliyo_domain::{
    assignment::{Left, Move, Plan, Reason, plan},
    job::{AgentShare, Assigned, Job, Outcome, Trigger},
    removal,
    status::{ASSIGNED, UNASSIGNED},
};

use super::{fixtures::*, statements::count};
use crate::{
    Db, Tx,
    moves::{Applied, Moves, Snapshot, apply, snapshot, snapshot_of_owned},
    runs::{self, Claim, Requested},
};

on_both!(
    moves_with_events_and_shares,
    an_empty_plan_changes_nothing,
    leads_changed_meanwhile_are_left_alone,
    all_leads_changed_meanwhile,
    a_plan_above_a_cap_is_refused_whole,
    statements_do_not_grow_with_leads,
    leads_return_to_nobody
);

const SELECTED: [i64; 3] = [UNASSIGNED, MISSED, INTERESTED];

/// Asha (cap 5) has a lead on the queue, one off it and one that isn't selected; Bela (cap 2) has none; Chand is on
/// leave and has one; two leads are nobody's.
async fn team(db: &Db) -> [i64; 3] {
    let mut tx = write(db).await;
    let [asha, bela, chand] =
        [agent(&mut tx, "Asha", 5).await, agent(&mut tx, "Bela", 2).await, agent(&mut tx, "Chand", 9).await];
    execute(&mut tx, format!("UPDATE users SET receiving = NOT receiving WHERE id = {chand}")).await.expect("writes");
    let leads = [
        lead(1, MISSED, Some(asha)),
        lead(2, INTERESTED, Some(asha)),
        lead(3, BUSY, Some(asha)),
        lead(4, MISSED, Some(chand)),
        lead(5, UNASSIGNED, None),
        lead(6, UNASSIGNED, None),
    ];
    add_leads(&mut tx, &leads).await;
    execute(&mut tx, format!("UPDATE leads SET last_owner_id = {chand} WHERE id = 5")).await.expect("writes");
    tx.commit().await.expect("commits");
    [asha, bela, chand]
}

pub async fn claimed(tx: &mut Tx) -> (i64, i64) {
    let Requested::New(run) = runs::request(tx, Job::AutoAssignment, Trigger::RunNow, None, NOW).await.expect("asks")
    else {
        panic!("a run is under way")
    };
    let Claim { fence, .. } = runs::claim(tx, run, NOW).await.expect("claims").expect("a claim");
    (run, fence)
}

async fn taken(db: &Db) -> Snapshot {
    snapshot(&mut read(db).await, &SELECTED, AT, |_| {}).await.expect("reads")
}

fn moves(moves: &[(i64, i64)]) -> Plan {
    Plan { moves: moves.iter().map(|&(lead, to)| Move { lead, to }).collect(), left: Vec::new() }
}

fn giving(snapshot: &Snapshot, plan: &Plan) -> Moves {
    Moves::giving(Job::AutoAssignment, snapshot, plan)
}

/// What a run with this plan reports.
pub fn outcome(snapshot: &Snapshot, plan: &Plan, applied: &Applied) -> Assigned {
    match Outcome::Assigned(plan.counts(&snapshot.plan)).applied(applied.moved, applied.agents(), applied.skipped) {
        Outcome::Assigned(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

async fn effect(tx: &mut Tx, snapshot: &Snapshot, plan: &Plan) -> (i64, Applied) {
    let (run, fence) = claimed(tx).await;
    let applied = apply(tx, run, &giving(snapshot, plan), NOW, |_| {}).await.expect("applies");
    assert!(runs::finish(tx, run, fence, &outcome(snapshot, plan, &applied).into(), Some(0), NOW).await.expect("ends"));
    assert_eq!(broken_rules(tx).await, Vec::<&str>::new());
    (run, applied)
}

async fn moves_with_events_and_shares(db: &Db) {
    let [asha, bela, chand] = team(db).await;
    let snapshot = taken(db).await;
    let mut plan = moves(&[(1, bela), (4, asha), (5, bela), (6, asha)]);
    plan.left = vec![Left { lead: 2, reason: Reason::NoOtherAgent }, Left { lead: 3, reason: Reason::AtCap }];
    let mut tx = write(db).await;
    let before = lead_rows(&mut tx).await;
    let (run, applied) = effect(&mut tx, &snapshot, &plan).await;

    assert_eq!(
        outcome(&snapshot, &plan, &applied),
        Assigned { assigned: 4, agents: 2, at_cap: 0, kept: 1, closed: 0, skipped: 0 }
    );
    let share = |agent, before, given, taken, after, cap| AgentShare { agent, before, given, taken, after, cap };
    assert_eq!(applied.shares, [share(asha, 2, 2, 1, 3, 5), share(bela, 0, 2, 0, 2, 2)], "Chand is no receiver");
    let stored: Vec<_> =
        runs::shares(&mut tx, run).await.expect("reads").into_iter().map(|share| share.share).collect();
    assert_eq!(stored, applied.shares);

    let after = lead_rows(&mut tx).await;
    let moved = |n: usize, owner, last_owner_id| LeadRow {
        status_id: ASSIGNED,
        status_since: NOW,
        owner_id: Some(owner),
        assigned_at: Some(NOW),
        last_owner_id,
        version: before[n].version + 1,
        ..before[n].clone()
    };
    let expected = [
        moved(0, bela, Some(asha)),
        before[1].clone(),
        before[2].clone(),
        moved(3, asha, Some(chand)),
        moved(4, bela, Some(chand)),
        moved(5, asha, None),
    ];
    assert_eq!(after, expected);

    let event = |lead_id, from, from_owner_id, to| EventRow {
        lead_id,
        at: NOW,
        actor_id: None,
        run_id: Some(run),
        from_status_id: Some(from),
        to_status_id: ASSIGNED,
        from_owner_id,
        to_owner_id: Some(to),
        why: "Auto lead assignment".to_owned(),
    };
    let events: Vec<_> = event_rows(&mut tx).await.into_iter().filter(|event| event.run_id.is_some()).collect();
    let expected = [
        event(1, MISSED, Some(asha), bela),
        event(4, MISSED, Some(chand), asha),
        event(5, 1, None, bela),
        event(6, 1, None, asha),
    ];
    assert_eq!(events, expected);
    let given = texts(&mut tx, "SELECT name || ' ' || coalesce(last_given_at, 0) FROM users ORDER BY id").await;
    assert_eq!(given, [format!("Asha {NOW}"), format!("Bela {NOW}"), "Chand 0".to_owned()]);
}

async fn an_empty_plan_changes_nothing(db: &Db) {
    team(db).await;
    let snapshot = taken(db).await;
    let mut tx = write(db).await;
    let before = (lead_rows(&mut tx).await, event_rows(&mut tx).await);
    let (run, applied) = effect(&mut tx, &snapshot, &Plan::default()).await;
    assert_eq!(applied, Applied { moved: 0, skipped: 0, shares: Vec::new() });
    assert_eq!((lead_rows(&mut tx).await, event_rows(&mut tx).await), before);
    assert!(runs::shares(&mut tx, run).await.expect("reads").is_empty());
}

/// Between the snapshot and the run's writes somebody changes a lead: its own agent gets on with it.
async fn leads_changed_meanwhile_are_left_alone(db: &Db) {
    let [asha, bela, _] = team(db).await;
    let snapshot = taken(db).await;
    let mut tx = write(db).await;
    change(&mut tx, 1).await;
    tx.commit().await.expect("commits");
    let mut tx = write(db).await;
    let before = lead_rows(&mut tx).await;
    let mut told = Vec::new();
    let (run, fence) = claimed(&mut tx).await;
    let plan = moves(&[(1, bela), (4, asha), (5, bela), (6, asha)]);
    let applied = apply(&mut tx, run, &giving(&snapshot, &plan), NOW, |moved| told.push(moved)).await.expect("applies");
    let reported = outcome(&snapshot, &plan, &applied);
    assert!(runs::finish(&mut tx, run, fence, &reported.into(), Some(0), NOW).await.expect("ends"));
    assert_eq!(reported, Assigned { assigned: 3, agents: 2, at_cap: 0, kept: 0, closed: 0, skipped: 1 });
    let shares: Vec<_> =
        applied.shares.iter().map(|share| (share.agent, share.given, share.taken, share.after)).collect();
    assert_eq!(shares, [(asha, 2, 0, 4), (bela, 1, 0, 1)], "as it is, not as it was planned");
    assert_eq!(lead_rows(&mut tx).await[0], before[0]);
    assert_eq!(
        number(&mut tx, format!("SELECT count(*) FROM lead_events WHERE lead_id = 1 AND run_id = {run}")).await,
        0
    );
    assert_eq!(told, [1, 3], "moved so far");
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn all_leads_changed_meanwhile(db: &Db) {
    let [asha, bela, _] = team(db).await;
    let snapshot = taken(db).await;
    let mut tx = write(db).await;
    for lead in [1, 2] {
        change(&mut tx, lead).await;
    }
    let (_, applied) = effect(&mut tx, &snapshot, &moves(&[(1, bela), (2, bela)])).await;
    assert_eq!(applied, Applied { moved: 0, skipped: 2, shares: Vec::new() });
    assert_eq!(number(&mut tx, format!("SELECT count(*) FROM leads WHERE owner_id = {asha}")).await, 3);
    assert_eq!(number(&mut tx, "SELECT count(*) FROM users WHERE last_given_at IS NOT NULL").await, 0);
}

/// The lead's agent writes it down as busy.
async fn change(tx: &mut Tx, lead: i64) {
    let event = "INSERT INTO lead_events (lead_id, at, actor_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
                 SELECT id, 9, owner_id, status_id, 7, owner_id, owner_id, 'Busy' FROM leads WHERE id = ";
    execute(tx, format!("{event}{lead}")).await.expect("writes");
    execute(tx, format!("UPDATE leads SET status_id = 7, status_since = 9, version = version + 1 WHERE id = {lead}"))
        .await
        .expect("writes");
}

async fn a_plan_above_a_cap_is_refused_whole(db: &Db) {
    let [asha, bela, _] = team(db).await;
    let snapshot = taken(db).await;
    let mut tx = write(db).await;
    let (run, _) = claimed(&mut tx).await;
    tx.commit().await.expect("commits");
    let before = (lead_rows(&mut read(db).await).await, event_rows(&mut read(db).await).await);
    let mut tx = write(db).await;
    let too_many = giving(&snapshot, &moves(&[(1, bela), (4, asha), (5, bela), (6, bela)]));
    let refused = apply(&mut tx, run, &too_many, NOW, |_| {}).await;
    assert!(refused.is_err(), "Bela's cap is 2");
    drop(tx);
    let mut tx = read(db).await;
    assert_eq!((lead_rows(&mut tx).await, event_rows(&mut tx).await), before);
    assert_eq!(number(&mut tx, "SELECT count(*) FROM run_agents").await, 0);
    assert_eq!(number(&mut tx, "SELECT count(*) FROM users WHERE last_given_at IS NOT NULL").await, 0);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn statements_do_not_grow_with_leads(db: &Db) {
    let mut tx = write(db).await;
    for name in ["Asha", "Bela", "Chand"] {
        agent(&mut tx, name, 50_000).await;
    }
    let mut sent = Vec::new();
    for range in [1..=30, 1_000..=13_000] {
        let leads: Vec<_> = range.map(|id| lead(id, UNASSIGNED, None)).collect();
        add_leads(&mut tx, &leads).await;
        let (moved, statements) = count(async {
            let snapshot = snapshot(&mut tx, &SELECTED, AT, |_| {}).await.expect("reads");
            let (_, applied) = effect(&mut tx, &snapshot, &plan(&snapshot.plan)).await;
            applied.moved
        })
        .await;
        assert_eq!(moved, leads.len() as u64);
        sent.push(statements);
    }
    assert!(sent[0] > 5, "statements are counted: {sent:?}");
    assert_eq!(sent[0], sent[1]);
}

async fn leads_return_to_nobody(db: &Db) {
    let [asha, _, chand] = team(db).await;
    let mut tx = write(db).await;
    let snapshot = snapshot_of_owned(&mut tx, &[MISSED, INTERESTED], NOW, |_| {}).await.expect("reads");
    let agents: Vec<_> = snapshot.plan.agents.iter().map(|agent| (agent.id, agent.load)).collect();
    assert_eq!(agents, [(asha, 2), (chand, 1)], "all who own leads, on leave or not");
    let take = |lead, from| removal::Move { lead, from };
    let plan = removal::Plan { moves: vec![take(1, asha), take(2, asha), take(4, chand)], left: Vec::new() };
    let before = lead_rows(&mut tx).await;
    let Requested::New(run) = runs::request(&mut tx, Job::AutoRemoval, Trigger::RunNow, None, NOW).await.expect("asks")
    else {
        panic!("a run is under way")
    };
    let Claim { fence, .. } = runs::claim(&mut tx, run, NOW).await.expect("claims").expect("a claim");
    let moves = Moves::taking(Job::AutoRemoval, &snapshot, &plan);
    let applied = apply(&mut tx, run, &moves, NOW, |_| {}).await.expect("applies");
    assert_eq!((applied.moved, applied.agents()), (3, 2));
    let share = |agent, before, taken, after, cap| AgentShare { agent, before, given: 0, taken, after, cap };
    assert_eq!(applied.shares, [share(asha, 2, 2, 1, 5), share(chand, 1, 1, 0, 9)]);
    assert_eq!(applied.shares, moves.shares(), "as planned");
    let outcome = Outcome::Removed(plan.counts()).applied(applied.moved, applied.agents(), applied.skipped);
    assert!(runs::finish(&mut tx, run, fence, &outcome, Some(0), NOW).await.expect("ends"));
    let after = lead_rows(&mut tx).await;
    for (n, owner) in [(0, asha), (1, asha), (3, chand)] {
        let expected = LeadRow {
            status_id: UNASSIGNED,
            status_since: NOW,
            owner_id: None,
            assigned_at: None,
            last_owner_id: Some(owner),
            version: before[n].version + 1,
            ..before[n].clone()
        };
        assert_eq!(after[n], expected);
    }
    let why = texts(&mut tx, format!("SELECT DISTINCT why FROM lead_events WHERE run_id = {run}")).await;
    assert_eq!(why, ["Auto removal"]);
    assert_eq!(number(&mut tx, "SELECT count(*) FROM users WHERE last_given_at IS NOT NULL").await, 0);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}
