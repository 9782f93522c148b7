//! The invariants of PRODUCT.md, checked on a live database, and that what is kept ahead is what there is to read.
//! Each query gives the rows that break one.

use serde::Serialize;

use crate::{Result, Tx, call_sums, follow_ups};

/// One invariant and what breaks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The invariant's number in PRODUCT.md; 8 is what is kept ahead.
    pub invariant: u8,
    pub rule: &'static str,
    /// How many rows break it.
    pub broken: i64,
    /// Some of their ids.
    pub examples: Vec<i64>,
}

struct Invariant {
    number: u8,
    rule: &'static str,
    /// Selects the ids of what breaks it.
    sql: &'static str,
}

const INVARIANTS: &[Invariant] = &[
    Invariant {
        number: 1,
        rule: "the jobs add no lead: no run's event is a lead's first",
        sql: "SELECT id FROM lead_events WHERE run_id IS NOT NULL AND from_status_id IS NULL",
    },
    Invariant {
        number: 1,
        rule: "the jobs delete no lead: every lead with events is there",
        sql: "SELECT DISTINCT e.lead_id AS id FROM lead_events e LEFT JOIN leads l ON l.id = e.lead_id WHERE l.id IS NULL",
    },
    Invariant {
        number: 2,
        rule: "Unassigned means no owner, and no owner means Unassigned (customers aside)",
        sql: "SELECT id FROM leads WHERE status_id <> 4 AND (status_id = 1) <> (owner_id IS NULL)",
    },
    Invariant {
        number: 3,
        rule: "no run takes an agent above the cap",
        sql: "SELECT run_id AS id FROM run_agents WHERE given > 0 AND after > cap",
    },
    Invariant {
        number: 4,
        rule: "the leads and agents a run reports are those of its events",
        sql: "SELECT r.id FROM runs r LEFT JOIN \
                (SELECT run_id, count(*) AS leads, count(DISTINCT to_owner_id) AS receivers, count(DISTINCT from_owner_id) AS losers \
                 FROM lead_events WHERE run_id IS NOT NULL GROUP BY run_id) e ON e.run_id = r.id \
              WHERE r.state = 'done' AND r.job <> 'lead_import' AND \
                (coalesce({assigned}, {added}, {removed}, -1) <> coalesce(e.leads, 0) OR \
                 coalesce({agents}, -1) <> coalesce(CASE r.job WHEN 'auto_removal' THEN e.losers ELSE e.receivers END, 0))",
    },
    Invariant {
        number: 4,
        rule: "what a run says each agent received and lost is what its events gave and took",
        // Who only lost leads and is no receiver has no share in a job that gives.
        sql: "SELECT coalesce(a.run_id, e.run_id) AS id FROM run_agents a FULL JOIN \
                (SELECT run_id, agent, sum(given) AS given, sum(taken) AS taken FROM \
                   (SELECT run_id, to_owner_id AS agent, 1 AS given, 0 AS taken FROM lead_events \
                    WHERE run_id IN (SELECT id FROM runs) AND to_owner_id IS NOT NULL UNION ALL \
                    SELECT run_id, from_owner_id, 0, 1 FROM lead_events \
                    WHERE run_id IN (SELECT id FROM runs) AND from_owner_id IS NOT NULL) AS steps GROUP BY run_id, agent) e \
              ON e.run_id = a.run_id AND e.agent = a.agent_id \
              LEFT JOIN runs r ON r.id = e.run_id \
              WHERE coalesce(a.given, 0) <> coalesce(e.given, 0) OR a.taken <> coalesce(e.taken, 0) OR \
                (a.taken IS NULL AND r.job = 'auto_removal')",
    },
    Invariant {
        number: 4,
        rule: "a run that isn't done has moved nothing",
        sql: "SELECT DISTINCT r.id FROM runs r JOIN lead_events e ON e.run_id = r.id WHERE r.state <> 'done'",
    },
    Invariant {
        number: 5,
        rule: "at most one scheduled run per job and local date",
        sql: "SELECT min(id) AS id FROM runs WHERE local_date IS NOT NULL GROUP BY job, local_date HAVING count(*) > 1",
    },
    Invariant {
        number: 6,
        rule: "replaying a lead's events gives its present owner and status",
        sql: "SELECT l.id FROM leads l LEFT JOIN \
                (SELECT lead_id, max(id) AS last FROM lead_events GROUP BY lead_id) x ON x.lead_id = l.id \
              LEFT JOIN lead_events e ON e.id = x.last \
              WHERE e.id IS NULL OR e.to_status_id <> l.status_id OR coalesce(e.to_owner_id, 0) <> coalesce(l.owner_id, 0)",
    },
    Invariant {
        number: 6,
        rule: "each event starts where the one before it ended",
        sql: "SELECT id FROM (SELECT id, from_status_id, from_owner_id, \
                lag(to_status_id) OVER w AS status_before, lag(to_owner_id) OVER w AS owner_before, row_number() OVER w AS n \
              FROM lead_events WINDOW w AS (PARTITION BY lead_id ORDER BY id)) AS steps \
              WHERE coalesce(from_status_id, 0) <> coalesce(status_before, 0) OR \
                coalesce(from_owner_id, 0) <> coalesce(owner_before, 0) OR (n = 1) <> (from_status_id IS NULL)",
    },
    Invariant {
        number: 7,
        rule: "the settings history replays to the present settings",
        sql: "SELECT s.version AS id FROM settings s LEFT JOIN \
                (SELECT section, count(*) AS n, max(version) AS last FROM settings_history GROUP BY section) c ON c.section = s.section \
              LEFT JOIN settings_history h ON h.section = s.section AND h.version = c.last \
              WHERE s.version <> coalesce(c.last, 0) OR s.version <> coalesce(c.n, 0) OR (h.section IS NOT NULL AND h.after <> s.value)",
    },
    Invariant {
        number: 7,
        rule: "each save starts from what the one before it stored",
        sql: "SELECT version AS id FROM (SELECT version, before, lag(after) OVER (PARTITION BY section ORDER BY version) AS previous \
              FROM settings_history) AS saves WHERE previous IS NOT NULL AND previous <> before",
    },
    Invariant { number: 8, rule: "the sums of an agent's calls are those of the calls", sql: call_sums::DIFFERING },
    Invariant { number: 8, rule: "a lead's next call is the first of its open follow-ups", sql: follow_ups::DIFFERING },
];

/// How many ids a finding names.
const EXAMPLES: usize = 10;

/// Every invariant with what breaks it; all is well when each has `broken` 0.
pub async fn run(tx: &mut Tx) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for invariant in INVARIANTS {
        let mut sql = invariant.sql.to_owned();
        for count in ["assigned", "added", "removed", "agents"] {
            let stored = match tx {
                Tx::Sqlite(_) => format!("(r.outcome ->> '{count}')"),
                Tx::Postgres(_) => format!("CAST(r.outcome::json ->> '{count}' AS bigint)"),
            };
            sql = sql.replace(&format!("{{{count}}}"), &stored);
        }
        let mut ids: Vec<i64> = on!(tx, conn => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(conn).await?);
        let broken = ids.len() as i64;
        ids.truncate(EXAMPLES);
        findings.push(Finding { invariant: invariant.number, rule: invariant.rule, broken, examples: ids });
    }
    Ok(findings)
}
