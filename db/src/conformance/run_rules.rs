//! What the tables of runs refuse, and shares.

use calliyo_domain::job::AgentShare;

use super::fixtures::*;
use crate::{Db, runs};

on_both!(
    impossible_runs_are_refused,
    one_scheduled_run_per_day,
    one_waiting_run_per_job,
    shares_by_agent,
    impossible_shares_are_refused
);

fn insert(columns: &str, values: &str) -> String {
    format!("INSERT INTO runs (job, requested_at, heartbeat_at, {columns}) VALUES ('a_job', 1, 1, {values})")
}

async fn impossible_runs_are_refused(db: &Db) {
    for (columns, values) in [
        ("trigger, state", "'moon', 'queued'"),
        ("trigger, state", "'run_now', 'asleep'"),
        ("trigger, state", "'schedule', 'queued'"),
        ("trigger, state", "'catch_up', 'queued'"),
        ("trigger, state, local_date", "'run_now', 'queued', '2026-05-11'"),
        ("trigger, state", "'run_now', 'done'"),
        ("trigger, state, finished_at", "'run_now', 'done', 5"),
        ("trigger, state, outcome", "'run_now', 'done', '{}'"),
        ("trigger, state, finished_at, failure", "'run_now', 'done', 5, 'why'"),
        ("trigger, state, finished_at, outcome, failure", "'run_now', 'done', 5, '{}', 'why'"),
        ("trigger, state, finished_at", "'run_now', 'failed', 5"),
        ("trigger, state, finished_at, outcome", "'run_now', 'failed', 5, '{}'"),
        ("trigger, state, finished_at", "'run_now', 'running', 5"),
        ("trigger, state, outcome", "'run_now', 'queued', '{}'"),
        ("trigger, state, requested_by", "'run_now', 'queued', 99"),
    ] {
        assert!(refuses(db, &insert(columns, values)).await, "{columns}: {values}");
    }
    for (columns, values) in [
        ("trigger, state", "'command', 'queued'"),
        ("trigger, state, local_date", "'schedule', 'running', '2026-05-11'"),
        ("trigger, state, finished_at, outcome", "'run_now', 'done', 5, '{}'"),
        ("trigger, state, finished_at, failure", "'run_now', 'failed', 5, 'why'"),
    ] {
        assert!(!refuses(db, &insert(columns, values)).await, "{columns}: {values}");
    }
}

async fn one_scheduled_run_per_day(db: &Db) {
    let mut tx = write(db).await;
    let on = |date: &str| {
        insert("trigger, state, local_date, finished_at, outcome", &format!("'schedule', 'done', '{date}', 5, '{{}}'"))
    };
    execute(&mut tx, on("2026-05-11")).await.expect("a day's first");
    execute(&mut tx, on("2026-05-12")).await.expect("the next day's first");
    execute(&mut tx, insert("trigger, state, finished_at, outcome", "'run_now', 'done', 5, '{}'"))
        .await
        .expect("by hand");
    tx.commit().await.expect("commits");
    assert!(refuses(db, &on("2026-05-11")).await);
    assert!(refuses(db, &on("2026-05-11").replace("schedule", "catch_up")).await);
    assert!(!refuses(db, &on("2026-05-11").replace("a_job", "another_job")).await);
}

async fn one_waiting_run_per_job(db: &Db) {
    let mut tx = write(db).await;
    execute(&mut tx, insert("trigger, state", "'run_now', 'queued'")).await.expect("the first");
    tx.commit().await.expect("commits");
    assert!(refuses(db, &insert("trigger, state", "'command', 'queued'")).await);
    assert!(refuses(db, &insert("trigger, state", "'command', 'running'")).await);
}

async fn run_with_shares(db: &Db) -> (i64, Vec<i64>) {
    let mut tx = write(db).await;
    let agents = vec![agent(&mut tx, "Zoe", 5).await, agent(&mut tx, "Asha", 5).await];
    let run = number(&mut tx, insert("trigger, state", "'run_now', 'running'") + " RETURNING id").await;
    let sql = format!(
        "INSERT INTO run_agents (run_id, agent_id, before, given, taken, after, cap) VALUES ({run}, {}, 1, 3, 0, 4, 5), ({run}, {}, 9, 0, 2, 7, 5)",
        agents[1], agents[0]
    );
    execute(&mut tx, sql).await.expect("shares");
    tx.commit().await.expect("commits");
    (run, agents)
}

async fn shares_by_agent(db: &Db) {
    let (run, agents) = run_with_shares(db).await;
    let mut tx = read(db).await;
    let shares = runs::shares(&mut tx, run).await.expect("reads");
    let names: Vec<_> = shares.iter().map(|share| share.name.as_str()).collect();
    assert_eq!(names, ["Zoe", "Asha"], "by the agents' ids");
    assert_eq!(shares[0].share, AgentShare { agent: agents[0], before: 9, given: 0, taken: 2, after: 7, cap: 5 });
    assert_eq!(shares[1].share, AgentShare { agent: agents[1], before: 1, given: 3, taken: 0, after: 4, cap: 5 });
    assert!(runs::shares(&mut tx, run + 1).await.expect("reads").is_empty());
}

async fn impossible_shares_are_refused(db: &Db) {
    let (run, agents) = run_with_shares(db).await;
    for change in [
        "before = -1",
        "given = -1",
        "taken = -1",
        "after = -1",
        "cap = -1",
        "after = 6, given = 1",
        "cap = 3, given = 1",
    ] {
        assert!(
            refuses(db, &format!("UPDATE run_agents SET {change} WHERE agent_id = {}", agents[1])).await,
            "{change}"
        );
    }
    for row in [format!("{run}, {}", agents[0]), format!("{run}, 99"), format!("99, {}", agents[0])] {
        let sql = format!(
            "INSERT INTO run_agents (run_id, agent_id, before, given, taken, after, cap) VALUES ({row}, 0, 0, 0, 0, 5)"
        );
        assert!(refuses(db, &sql).await, "{row}");
    }
}
