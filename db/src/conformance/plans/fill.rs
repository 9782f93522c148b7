use super::{super::fixtures::*, LEADS};
use crate::{Db, call_sums};

const AGENTS: i64 = 40;

/// So many rows that what reads a whole table shows in its plan.
pub async fn fill(db: &Db) {
    let mut tx = write(db).await;
    for n in 0..AGENTS {
        agent(&mut tx, &format!("Agent{n}"), 300).await;
    }
    // Of a hundred: 30 Unassigned, 20 Customer, 15 Assigned, 34 on five others, one Missed.
    let status = |id: i64| match id * 37 % 100 {
        0..30 => 1,
        30..50 => 4,
        50..65 => 2,
        99 => MISSED,
        n => [3, 5, 6, BUSY, NOT_PICKED][(n % 5) as usize],
    };
    let leads: Vec<_> = (1..=LEADS)
        .map(|id| {
            let status = status(id);
            let nobodys = status == 1 || (status == 4 && id % 50 == 0);
            lead(id, status, (!nobodys).then_some(1 + id * 13 % AGENTS))
        })
        .collect();
    for part in leads.chunks(6_000) {
        add_leads(&mut tx, part).await;
    }
    let nothing = if matches!(db, Db::Sqlite { .. }) { "x''" } else { "''" };
    let numbers = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000)";
    for sql in [
        "INSERT INTO follow_ups (lead_id, agent_id, due_at, created_at) {n} SELECT n * 7, 1, 1778470200000 + n - 1500, 1 FROM n",
        "INSERT INTO calls (lead_id, agent_id, started_at, direction, status, duration_seconds) \
         {n} SELECT n * 7, 1 + n % 40, 1778470200000 + n * 100, 'outgoing', 'called', 1 FROM n",
        "INSERT INTO call_corrections (call_id, at, user_id, direction, status, duration_seconds, note) \
         {n} SELECT n, 1, 1, 'outgoing', 'called', 1, '' FROM n",
        "INSERT INTO lead_notes (lead_id, user_id, at, note) {n} SELECT n * 7, 1, n, 'Wrote an email' FROM n",
        "INSERT INTO sessions (token_digest, user_id, address, browser, created_at, last_seen_at, expires_at) \
         {n} SELECT 'digest ' || n, 1 + n % 40, '', '', n, n, 1778470200000 + n FROM n",
        "INSERT INTO runs (job, trigger, requested_at, state, heartbeat_at, finished_at, failure) \
         {n} SELECT CASE n % 3 WHEN 0 THEN 'auto_assignment' ELSE 'top_up' END, 'run_now', n, 'failed', n, n, 'x' FROM n",
        "UPDATE leads SET source = 'Web', import_run = 7 WHERE id % 400 = 0",
        "INSERT INTO calls (lead_id, agent_id, started_at, direction, status, duration_seconds) \
         {n} SELECT n * 7, 1 + n % 40, 1778470200000 - n * 600000, 'outgoing', 'called', n % 90 FROM n",
        "INSERT INTO imports (run_id, file) SELECT id, 'leads.csv' FROM runs",
        "INSERT INTO import_rows (run_id, line, lead_id, cells) {n} SELECT n, n, n * 7, '[]' FROM n",
        "INSERT INTO import_drafts (user_id, file, content, created_at) {n} SELECT 1 + n % 40, 'leads.csv', {nothing}, n FROM n",
    ] {
        execute(&mut tx, sql.replace("{n}", numbers).replace("{nothing}", nothing)).await.expect("fills");
    }
    call_sums::recount(&mut tx).await.expect("counts");
    tx.commit().await.expect("commits");
}
