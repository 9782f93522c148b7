use calliyo_domain::{
    assignment as plan,
    status::{ASSIGNED, CUSTOMER, FOLLOWUPS, UNASSIGNED},
};

use super::fixtures::*;
use crate::{
    Db, Tx,
    moves::{Snapshot, lock_agents, snapshot, would_swap},
};

on_both!(
    receivers_only,
    what_the_jobs_gave_in_a_month_counts,
    loads_count_the_queue,
    selected_statuses_only,
    customers_never,
    follow_ups_ahead_hold_a_lead,
    says_what_the_planner_needs,
    leads_are_swapped_where_nobody_has_room,
    tells_how_far_it_has_read,
    locked_agents_wait
);

async fn taken(tx: &mut Tx, statuses: &[i64]) -> Snapshot {
    let snapshot = snapshot(tx, statuses, AT, |_| {}).await.expect("reads");
    snapshot.plan.check().expect("a snapshot that the planner can work on");
    snapshot
}

async fn eligible(tx: &mut Tx, statuses: &[i64]) -> Vec<i64> {
    taken(tx, statuses).await.plan.leads.iter().map(|lead| lead.id).collect()
}

async fn set(tx: &mut Tx, user: i64, column: &str, on: bool) {
    let value = match tx {
        Tx::Sqlite(_) => i64::from(on).to_string(),
        Tx::Postgres(_) => on.to_string(),
    };
    execute(tx, format!("UPDATE users SET {column} = {value} WHERE id = {user}")).await.expect("writes");
}

async fn receivers_only(db: &Db) {
    let mut tx = write(db).await;
    let last = agent(&mut tx, "Zoe", 9).await;
    let banned = agent(&mut tx, "Banned", 9).await;
    let away = agent(&mut tx, "Away", 9).await;
    user(&mut tx, "Meera", ADMIN, 9).await;
    user(&mut tx, "Manu", MANAGER, 9).await;
    let full = agent(&mut tx, "Asha", 0).await;
    set(&mut tx, banned, "banned", true).await;
    set(&mut tx, away, "receiving", false).await;
    execute(&mut tx, format!("UPDATE users SET last_given_at = 77 WHERE id = {last}")).await.expect("writes");
    let found = taken(&mut tx, &[UNASSIGNED]).await.plan.agents;
    let agent = |id, cap, last_given_at| plan::Agent { id, cap, load: 0, received: 0, last_given_at };
    assert_eq!(found, [agent(last, 9, Some(77)), agent(full, 0, None)]);

    // A role of the company's own with tasks makes an agent, whatever else it allows.
    let role = "INSERT INTO roles (name, management, tasks, reports, users, settings) \
                SELECT 'Team lead', a.management, b.tasks, a.reports, a.users, a.settings FROM roles a, roles b \
                WHERE a.id = 1 AND b.id = 3 RETURNING id";
    let role = number(&mut tx, role).await;
    assert!(role > 3);
    let lead = user(&mut tx, "Lead", role, 4).await;
    assert_eq!(taken(&mut tx, &[]).await.plan.agents[2], agent(lead, 4, None));
}

async fn what_the_jobs_gave_in_a_month_counts(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    for (id, job, finished_at, given) in
        [(1, "auto_assignment", AT.fair_since, 2), (2, "top_up", NOW, 3), (3, "top_up", AT.fair_since - 1, 100)]
    {
        let run = format!(
            "INSERT INTO runs (id, job, trigger, requested_at, state, heartbeat_at, finished_at, outcome) \
             VALUES ({id}, '{job}', 'run_now', 1, 'done', 1, {finished_at}, '{{}}')"
        );
        execute(&mut tx, run).await.expect("writes");
        let share = format!("INSERT INTO run_agents VALUES ({id}, {asha}, 0, {given}, 1, 0, 9)");
        execute(&mut tx, share).await.expect("writes");
    }
    let found = taken(&mut tx, &[UNASSIGNED]).await.plan.agents;
    assert_eq!(found.iter().map(|agent| (agent.id, agent.received)).collect::<Vec<_>>(), [(asha, 5), (bela, 0)]);
}

async fn loads_count_the_queue(db: &Db) {
    let mut tx = write(db).await;
    let (asha, away) = (agent(&mut tx, "Asha", 50).await, agent(&mut tx, "Away", 50).await);
    set(&mut tx, away, "receiving", false).await;
    let of_asha = (2..=10).map(|status| lead(status, status, Some(asha)));
    let of_away = (2..=10).map(|status| lead(20 + status, status, Some(away)));
    let leads: Vec<_> = of_asha.chain(of_away).collect();
    add_leads(&mut tx, &leads).await;
    // Whatever is selected, the load is all that is on the queue: Assigned, Followups, Busy, Not Picked, Missed.
    for statuses in [&[][..], &[MISSED], &[INTERESTED], &[2, 3, 5, 6, 7, 8, 9, 10]] {
        let found = taken(&mut tx, statuses).await.plan.agents;
        assert_eq!(found.iter().map(|agent| (agent.id, agent.load)).collect::<Vec<_>>(), [(asha, 5)], "{statuses:?}");
    }
    // Companies decide which statuses are on the queue.
    execute(&mut tx, "UPDATE statuses SET on_queue = NOT on_queue WHERE id IN (3, 5, 7)").await.expect("writes");
    let found = taken(&mut tx, &[INTERESTED, BUSY]).await.plan;
    assert_eq!(found.agents[0].load, 4);
    assert_eq!(found.leads.iter().filter(|lead| lead.on_queue).count(), 2, "both of Interested, none of Busy");
    assert_eq!(found.leads.len(), 4);
}

async fn selected_statuses_only(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    let leads: Vec<_> =
        (1..=10).rev().map(|status| lead(status, status, (status != UNASSIGNED).then_some(asha))).collect();
    add_leads(&mut tx, &leads).await;
    assert_eq!(eligible(&mut tx, &[]).await, Vec::<i64>::new());
    assert_eq!(eligible(&mut tx, &[UNASSIGNED, NOT_PICKED, MISSED]).await, [1, 8, 9]);
    assert_eq!(eligible(&mut tx, &[MISSED, NOT_PICKED, MISSED]).await, [8, 9], "in the order of ids, each once");
    assert_eq!(eligible(&mut tx, &[ASSIGNED, 999]).await, [2]);
}

async fn customers_never(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    add_leads(&mut tx, &[lead(1, CUSTOMER, Some(asha)), lead(2, CUSTOMER, None), lead(3, MISSED, Some(asha))]).await;
    assert_eq!(eligible(&mut tx, &[CUSTOMER]).await, Vec::<i64>::new());
    assert_eq!(eligible(&mut tx, &[CUSTOMER, MISSED]).await, [3]);
}

async fn follow_ups_ahead_hold_a_lead(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    let leads: Vec<_> = (1..=8).map(|id| lead(id, FOLLOWUPS, Some(asha))).collect();
    add_leads(&mut tx, &leads).await;
    let follow_ups = [
        (1, NOW + 1, "NULL"),
        (2, NOW, "NULL"),
        (3, NOW - 1, "NULL"),
        (4, NOW + 1, "5"),
        (5, NOW - 9, "NULL"),
        (5, NOW + 9, "NULL"),
        (6, NOW + 9, "5"),
        (6, NOW - 9, "NULL"),
        (7, NOW + 1, "NULL"),
        (7, NOW + 2, "NULL"),
    ];
    for (lead, due, resolved) in follow_ups {
        let sql = format!(
            "INSERT INTO follow_ups (lead_id, agent_id, due_at, created_at, resolved_at) VALUES ({lead}, {asha}, {due}, 1, {resolved})"
        );
        execute(&mut tx, sql).await.expect("adds");
    }
    // Due now is no longer ahead; past or resolved doesn't hold a lead; one that is ahead does.
    assert_eq!(eligible(&mut tx, &[FOLLOWUPS]).await, [2, 3, 4, 6, 8]);
}

async fn says_what_the_planner_needs(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 50).await, agent(&mut tx, "Bela", 50).await);
    add_leads(&mut tx, &[lead(1, UNASSIGNED, None), lead(2, MISSED, Some(asha)), lead(3, INTERESTED, Some(bela))])
        .await;
    execute(&mut tx, format!("UPDATE leads SET last_owner_id = {bela} WHERE id = 2")).await.expect("writes");
    let found = taken(&mut tx, &[UNASSIGNED, MISSED, INTERESTED]).await.plan.leads;
    let expected = |id, owner, status, on_queue, last_owner| plan::Lead {
        id,
        owner,
        status_since: lead(id, status, owner).since,
        on_queue,
        last_owner,
    };
    assert_eq!(
        found,
        [
            expected(1, None, UNASSIGNED, false, None),
            expected(2, Some(asha), MISSED, true, Some(bela)),
            expected(3, Some(bela), INTERESTED, false, None),
        ]
    );
}

/// As the planner says, one change after the other.
async fn leads_are_swapped_where_nobody_has_room(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela, carl) =
        (agent(&mut tx, "Asha", 2).await, agent(&mut tx, "Bela", 1).await, agent(&mut tx, "Carl", 1).await);
    let leads = [
        lead(1, BUSY, Some(asha)),
        lead(2, MISSED, Some(asha)),
        lead(3, MISSED, Some(bela)),
        lead(4, BUSY, Some(carl)),
        lead(5, BUSY, Some(carl)),
        lead(6, UNASSIGNED, None),
        lead(7, INTERESTED, Some(bela)),
    ];
    add_leads(&mut tx, &leads).await;
    let expect = async |tx: &mut Tx, statuses: &[i64], expected: bool, what: &str| {
        let found = taken(tx, statuses).await.plan;
        assert!(found.agents.iter().all(|agent| agent.load >= agent.cap), "{what}: nobody has room");
        assert_eq!(plan::plan(&found).counts(&found).assigned > 0, expected, "{what}: the planner");
        assert_eq!(would_swap(tx, statuses, NOW).await.expect("counts"), expected, "{what}");
    };
    expect(&mut tx, &[BUSY], false, "Carl is above the cap").await;
    expect(&mut tx, &[BUSY, MISSED], true, "Asha's and Bela's").await;
    expect(&mut tx, &[BUSY, INTERESTED], false, "what is off the queue frees no place").await;
    expect(&mut tx, &[], false, "none is selected").await;
    set(&mut tx, bela, "receiving", false).await;
    expect(&mut tx, &[BUSY, MISSED], false, "Bela is on leave").await;
    set(&mut tx, bela, "receiving", true).await;
    let ahead =
        format!("INSERT INTO follow_ups (lead_id, agent_id, due_at, created_at) VALUES (3, {bela}, {}, 1)", NOW + 1);
    execute(&mut tx, ahead).await.expect("writes");
    expect(&mut tx, &[BUSY, MISSED], false, "Bela's only one is to be called later").await;
}

async fn tells_how_far_it_has_read(db: &Db) {
    let mut tx = write(db).await;
    let leads: Vec<_> = (1..=40_001).map(|id| lead(id, UNASSIGNED, None)).collect();
    add_leads(&mut tx, &leads).await;
    let mut told = Vec::new();
    let found = snapshot(&mut tx, &[UNASSIGNED], AT, |read| told.push(read)).await.expect("reads");
    assert_eq!((found.plan.leads.len(), told), (40_001, vec![20_000, 40_000]));
}

/// Whoever wants to give an agent a lead waits for the run; signing in and reading don't.
async fn locked_agents_wait(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    tx.commit().await.expect("commits");
    let mut run = write(db).await;
    lock_agents(&mut run).await.expect("locks");
    assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM users").await, 1);
    if matches!(db, Db::Sqlite { .. }) {
        return;
    }
    let lock = format!("SELECT id FROM users WHERE id = {asha} FOR NO KEY UPDATE NOWAIT");
    let refused = execute(&mut write(db).await, lock.clone()).await.expect_err("locked").to_string();
    assert!(refused.contains("could not obtain lock"), "{refused}");
    let mut other = write(db).await;
    let new = crate::sessions::NewSession {
        token_digest: "a",
        user: asha,
        address: "",
        browser: "",
        now: NOW,
        expires_at: NOW,
    };
    crate::sessions::add(&mut other, &new).await.expect("signs in meanwhile");
    for tx in [run, other] {
        tx.commit().await.expect("commits");
    }
    execute(&mut write(db).await, lock).await.expect("free again");
}
