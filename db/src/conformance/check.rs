use std::collections::BTreeSet;

use calliyo_domain::{
    assignment::plan,
    call::{CallStatus, Direction, Record},
    job::Job,
    settings::{AutoAssignment, General},
    status::UNASSIGNED,
};

use super::{
    apply::{claimed, outcome},
    fixtures::*,
};
use crate::{
    Db, Tx, calls, check, follow_ups, import,
    moves::{self, Moves},
    runs, settings,
};

on_both!(a_new_database_is_clean, each_rule_turns_red, many_broken_rows_are_counted);

async fn a_new_database_is_clean(db: &Db) {
    let findings = check::run(&mut read(db).await).await.expect("checks");
    assert_eq!(findings.iter().map(|finding| finding.invariant).collect::<BTreeSet<_>>(), (1..=8).collect());
    assert!(findings.iter().all(|finding| finding.broken == 0 && finding.examples.is_empty()), "{findings:?}");
}

/// Two agents, leads brought in and made up, settings saved twice, a call, and a run that moved leads 1 to 3 to agent 2.
async fn a_working_company(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 2).await, agent(&mut tx, "Bela", 3).await);
    add_leads(
        &mut tx,
        &[lead(1, MISSED, Some(asha)), lead(2, MISSED, Some(asha)), lead(3, UNASSIGNED, None), lead(4, 4, Some(asha))],
    )
    .await;
    import::add(&mut tx, &[incoming("Lead", "+911", "tag")], "CSV", Some(asha), NOW, |_| {}).await.expect("adds");
    let mut value = settings::get::<General>(&mut tx).await.expect("reads").value;
    for version in 0..2 {
        value.company = format!("Company {version}");
        settings::save(&mut tx, version, &value, asha, NOW).await.expect("saves");
    }
    let section = settings::get::<AutoAssignment>(&mut tx).await.expect("reads").value;
    settings::save(&mut tx, 0, &section, asha, NOW).await.expect("saves");
    let (run, fence) = claimed(&mut tx).await;
    let snapshot = moves::snapshot(&mut tx, &[1, MISSED], AT, |_| {}).await.expect("reads");
    let plan = plan(&snapshot.plan);
    let giving = Moves::giving(Job::AutoAssignment, &snapshot, &plan);
    let applied = moves::apply(&mut tx, run, &giving, NOW, |_| {}).await.expect("applies");
    assert_eq!(applied.moved, 4, "both of Asha's to Bela, and a new one to each");
    let call = Record {
        status: CallStatus::Called,
        direction: Direction::Outgoing,
        duration_seconds: 90,
        note: String::new(),
    };
    calls::add(&mut tx, 1, bela, NOW, &call).await.expect("adds");
    follow_ups::add(&mut tx, 1, bela, NOW + 1, NOW, None).await.expect("adds");
    let outcome = outcome(&snapshot, &plan, &applied);
    assert!(runs::finish(&mut tx, run, fence, &outcome.into(), Some(1), NOW).await.expect("ends"));
    tx.commit().await.expect("commits");
    assert_eq!(broken_rules(&mut read(db).await).await, Vec::<&str>::new());
}

/// Takes away what keeps the rules in the tables themselves.
async fn unguard(db: &Db) {
    let run = async |tx: &mut Tx, sql: &str| {
        execute(tx, sql).await.expect("unguards");
    };
    if let Db::Sqlite { writer, .. } = db {
        for pragma in ["PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"] {
            sqlx::query(pragma).execute(writer).await.expect("unguards");
        }
    }
    let mut tx = write(db).await;
    run(&mut tx, "DROP INDEX runs_once_a_day").await;
    if matches!(db, Db::Sqlite { .. }) {
        for table in ["lead_events", "settings_history"] {
            run(&mut tx, &format!("DROP TRIGGER {table}_no_update")).await;
            run(&mut tx, &format!("DROP TRIGGER {table}_no_delete")).await;
        }
    } else {
        for table in ["lead_events", "settings_history", "leads"] {
            run(&mut tx, &format!("ALTER TABLE {table} DISABLE TRIGGER ALL")).await;
        }
        for table in ["leads", "run_agents"] {
            let sql = format!(
                "DO $$ DECLARE c text; BEGIN FOR c IN SELECT conname FROM pg_constraint WHERE contype = 'c' AND \
                 conrelid = '{table}'::regclass LOOP EXECUTE 'ALTER TABLE {table} DROP CONSTRAINT ' || c; END LOOP; END $$"
            );
            run(&mut tx, &sql).await;
        }
    }
    tx.commit().await.expect("commits");
}

/// The start of a rule, what breaks it, and an id that is to be named.
const BREAKS: &[(&str, &str, i64)] = &[
    (
        "the jobs add no lead",
        "INSERT INTO lead_events (id, lead_id, at, run_id, to_status_id, why) VALUES (900, 4, 1, 1, 4, 'by a run')",
        900,
    ),
    ("the jobs delete no lead", "DELETE FROM leads WHERE id = 4", 4),
    ("Unassigned means no owner", "UPDATE leads SET owner_id = NULL WHERE id = 1", 1),
    ("Unassigned means no owner", "UPDATE leads SET status_id = 1 WHERE id = 1", 1),
    ("no run takes an agent above the cap", "UPDATE run_agents SET after = cap + 1 WHERE given > 0", 1),
    (
        "the leads and agents a run reports",
        "UPDATE runs SET outcome = replace(outcome, '\"assigned\":4', '\"assigned\":5')",
        1,
    ),
    (
        "the leads and agents a run reports",
        "UPDATE runs SET outcome = replace(outcome, '\"agents\":2', '\"agents\":1')",
        1,
    ),
    ("the leads and agents a run reports", "UPDATE runs SET outcome = '{}'", 1),
    ("the leads and agents a run reports", "DELETE FROM lead_events WHERE run_id = 1", 1),
    ("what a run says each agent received", "UPDATE run_agents SET given = given + 1 WHERE agent_id = 2", 1),
    ("what a run says each agent received", "UPDATE run_agents SET taken = taken - 1 WHERE agent_id = 1", 1),
    ("what a run says each agent received", "DELETE FROM run_agents WHERE agent_id = 2", 1),
    (
        "a run that isn't done has moved nothing",
        "UPDATE runs SET state = 'failed', failure = 'it broke', outcome = NULL WHERE id = 1",
        1,
    ),
    (
        "at most one scheduled run per job and local date",
        "INSERT INTO runs (id, job, trigger, local_date, requested_at, state, heartbeat_at, finished_at, failure) VALUES \
         (500, 'other', 'schedule', '2026-05-11', 1, 'failed', 1, 1, 'x'), (501, 'other', 'catch_up', '2026-05-11', 1, 'failed', 1, 1, 'x')",
        500,
    ),
    ("replaying a lead's events", "UPDATE leads SET status_id = 7 WHERE id = 2", 2),
    ("replaying a lead's events", "UPDATE leads SET owner_id = 3 - owner_id WHERE id = 2", 2),
    ("replaying a lead's events", "DELETE FROM lead_events WHERE lead_id = 4", 4),
    (
        "each event starts where",
        "UPDATE lead_events SET id = 900, from_status_id = 7 WHERE lead_id = 1 AND run_id = 1",
        900,
    ),
    (
        "each event starts where",
        "UPDATE lead_events SET id = 900, from_owner_id = NULL WHERE lead_id = 1 AND run_id = 1",
        900,
    ),
    (
        "each event starts where",
        "UPDATE lead_events SET id = 900, from_status_id = NULL WHERE lead_id = 1 AND run_id = 1",
        900,
    ),
    ("the settings history replays", "UPDATE settings SET value = '{}' WHERE section = 'general'", 2),
    ("the settings history replays", "UPDATE settings SET version = 9 WHERE section = 'general'", 9),
    ("the settings history replays", "DELETE FROM settings_history WHERE section = 'general' AND version = 1", 2),
    ("the sums of an agent's calls", "UPDATE call_sums SET busy = busy + 1, called = called - 1", 2),
    ("the sums of an agent's calls", "UPDATE call_sums SET quarter = quarter + 1", 2),
    ("the sums of an agent's calls", "DELETE FROM call_sums", 2),
    ("the sums of an agent's calls", "UPDATE calls SET duration_seconds = 1", 2),
    ("the sums of an agent's calls", "UPDATE calls SET undone_at = 1", 2),
    ("a lead's next call", "UPDATE leads SET due_at = 5 WHERE id = 2", 2),
    ("a lead's next call", "UPDATE leads SET due_at = NULL WHERE id = 1", 1),
    ("each save starts from", "UPDATE settings_history SET before = '{}' WHERE section = 'general' AND version = 2", 2),
];

async fn each_rule_turns_red(db: &Db) {
    a_working_company(db).await;
    unguard(db).await;
    let mut seen = BTreeSet::new();
    for (rule, sql, id) in BREAKS {
        let mut tx = write(db).await;
        assert!(execute(&mut tx, *sql).await.expect(sql) > 0, "{sql}");
        let findings = check::run(&mut tx).await.expect("checks");
        let finding = findings.iter().find(|finding| finding.rule.starts_with(rule)).expect(rule);
        assert!(finding.broken > 0, "{sql}: {rule}");
        assert!(finding.examples.contains(id), "{sql}: {finding:?}");
        seen.insert(finding.rule);
    }
    let all = check::run(&mut read(db).await).await.expect("checks");
    assert!(all.iter().all(|finding| finding.broken == 0), "each break was rolled back");
    assert_eq!(seen, all.iter().map(|finding| finding.rule).collect());
}

async fn many_broken_rows_are_counted(db: &Db) {
    unguard(db).await;
    let mut tx = write(db).await;
    let leads: Vec<_> = (1..=25).map(|id| lead(id, UNASSIGNED, None)).collect();
    add_leads(&mut tx, &leads).await;
    execute(&mut tx, "DELETE FROM lead_events").await.expect("deletes");
    let findings = check::run(&mut tx).await.expect("checks");
    let finding = findings.iter().find(|finding| finding.broken > 0).expect("a finding");
    assert_eq!((finding.invariant, finding.broken, finding.examples.len()), (6, 25, 10));
}
