//! How the databases mean to carry out the statements that people wait for: none reads its whole table.
//! `CALLIYO_SHOW_PLANS=1` with `--nocapture` shows the plans.

mod fill;
mod found;

use calliyo_domain::report::quarter;
use sqlx::{AssertSqlSafe, Row as _};

use super::fixtures::*;
use crate::{
    Db, Tx, agents, call_sums, calls, corrections, follow_ups, funnel, import_drafts, import_rows, lead_changes,
    lead_fields, lead_notes, leads,
    moves::{ELIGIBLE_POSTGRES, ELIGIBLE_SQLITE, FULL_POSTGRES, FULL_SQLITE, HOLDERS, RECEIVERS},
    reports, runs, statuses, tasks, team, users,
};

on_both!(no_hot_statement_reads_a_whole_table);

const LEADS: i64 = 24_000;

async fn no_hot_statement_reads_a_whole_table(db: &Db) {
    fill::fill(db).await;
    // SQLite plans without statistics until a server first stops.
    if matches!(db, Db::Sqlite { .. }) {
        judge(db).await;
    }
    let mut tx = write(db).await;
    execute(&mut tx, "ANALYZE").await.expect("analyzes");
    tx.commit().await.expect("commits");
    judge(db).await;
}

async fn judge(db: &Db) {
    let mut bad = Vec::new();
    for hot in hot(db).await {
        for plan in plans(db, &hot).await {
            let shown = format!("{}: {}\n    {}", hot.what, hot.sql, plan.join("\n    "));
            if std::env::var_os("CALLIYO_SHOW_PLANS").is_some() {
                println!("{shown}");
            }
            if plan.iter().any(|line| reads_all(line, hot.table))
                || plan.iter().any(|line| looks_up(line))
                || plan.windows(3).any(|lines| looks_for(lines, hot.table))
                || (hot.merges && !plan.iter().any(|line| merges(line)))
            {
                bad.push(shown);
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// Whether a line says that all of `table` (with its alias) is read, be it by way of an index.
fn reads_all(line: &str, table: &str) -> bool {
    let alias = table.split(' ').next_back().expect("a name");
    let mut words = line.split_whitespace();
    // An index of words is said to be scanned where it is searched, too; that of nobody's leads holds no others.
    let part = ["VIRTUAL TABLE INDEX", "INDEX leads_unowned"].iter().any(|part| line.contains(part));
    let sqlite = words.next() == Some("SCAN") && words.next() == Some(alias) && !part;
    sqlite || line.contains(&format!("Seq Scan on {table}"))
}

/// Whether PostgreSQL goes along an index of `table` from its end until it meets what it looks for, which may be never.
fn looks_for(lines: &[String], table: &str) -> bool {
    let [scan, condition, filter] = lines else { return false };
    let from_the_end = condition.contains("Index Cond:") && condition.trim_end().ends_with("IS NOT NULL)");
    scan.contains("Index") && scan.contains(&format!(" on {table} ")) && from_the_end && filter.contains("Filter:")
}

/// A stretch of a queue is followed; that leads are looked up in it means that others were read first.
fn looks_up(line: &str) -> bool {
    line.contains("SEARCH stretch ")
}

fn merges(line: &str) -> bool {
    ["Merge Append", "MERGE (UNION ALL)"].iter().any(|merge| line.contains(merge))
}

/// A statement that people wait for.
#[derive(Clone)]
struct Hot {
    what: String,
    /// The table that it must not read as a whole, and its alias.
    table: &'static str,
    sql: String,
    /// What stands for $1, $2 and so on.
    values: Vec<String>,
    /// Planned for each filter by itself, and by index where a table this small would be read sooner as a whole.
    filters: bool,
    /// Stretches of an index are merged, where they aren't so short that it is sooner to put them in order.
    merges: bool,
}

async fn hot(db: &Db) -> Vec<Hot> {
    let sqlite = matches!(db, Db::Sqlite { .. });
    let tx = read(db).await;
    let mut hot = [found::leads(&tx), found::customers(&tx), found::tasks(&tx)].concat();
    let mut add = |what: &str, table: &'static str, sql: &'static str, values: &[&str]| {
        let values = values.iter().map(ToString::to_string).collect();
        hot.push(Hot { what: what.to_owned(), table, sql: sql.to_owned(), values, filters: false, merges: false });
    };
    let now = NOW.to_string();
    let (eligible, ids) = if sqlite { (ELIGIBLE_SQLITE, "'[9]'") } else { (ELIGIBLE_POSTGRES, "'{9}'") };
    let full = if sqlite { FULL_SQLITE } else { FULL_POSTGRES };
    let (tags, some) = if sqlite { (leads::TAGS_SQLITE, "'[5,6,7]'") } else { (leads::TAGS_POSTGRES, "'{5,6,7}'") };
    add("eligible leads", "leads l", eligible, &[ids, &now]);
    add("who is full and could swap", "leads l", full, &[ids, &now]);
    add("receivers", "leads l", RECEIVERS, &[&now]);
    add("holders", "leads l", HOLDERS, &[&now]);
    add("agents", "leads l", agents::LIST, &[]);
    add("owners", "leads o", agents::OWNERS, &[]);
    add("the active run", "runs r", runs::ACTIVE, &["'auto_assignment'"]);
    add("the daily jobs' runs", "runs r", runs::CURRENT, &["'auto_removal'", "'auto_assignment'", "'top_up'"]);
    add("the last run", "runs r", runs::LAST_ENDED, &["'auto_assignment'"]);
    for (what, before) in [("the newest runs", i64::MAX.to_string()), ("older runs", "1500".to_owned())] {
        add(what, "runs r", runs::LIST, &[&before, "50"]);
        add(what, "runs r", runs::LIST_OF_JOB, &[&before, "50", "'auto_assignment'"]);
    }
    add("moved leads", "lead_events e", runs::MOVED, &["7", "0", "50"]);
    let far = i64::MAX.to_string();
    let [quarter, next_quarter] = [0, 1].map(|later| (quarter(NOW) + later).to_string());
    add("calls of a day", "call_sums s", call_sums::OUTGOING, &["7", &quarter, &next_quarter]);
    add("calls of an agent", "calls c", calls::OF_AGENT, &["7", &now, "50"]);
    add("calls of a lead", "calls c", calls::OF_LEAD, &["7", "50"]);
    add("the last call of a lead", "calls c", calls::LATEST, &["7"]);
    let of_calls = if sqlite { corrections::OF_CALLS_SQLITE } else { corrections::OF_CALLS_POSTGRES };
    add("corrections of calls", "call_corrections k", of_calls, &[some]);
    add("notes of a lead", "lead_notes n", lead_notes::OF_LEAD, &["7", "50"]);
    add("follow-ups of a lead", "follow_ups f", follow_ups::OF_LEAD, &["7", "50"]);
    add("open follow-ups of a lead", "follow_ups f", follow_ups::OPEN, &["7"]);
    add("follow-ups due", "leads l", follow_ups::DUE, &["7", &now, "50", "7"]);
    add("the next follow-up", "follow_ups f", follow_ups::NEXT_DUE, &[&now, "7"]);
    for table in ["leads l", "follow_ups f"] {
        add(&format!("an agent's next follow-up, {table}"), table, follow_ups::NEXT_DUE_OF, &[&now, "7", "7"]);
    }
    add("a lead", "leads l", lead_changes::BY_ID, &["7"]);
    add("a lead by its phone", "leads", lead_fields::BY_PHONE, &["'+919000000007'"]);
    let phones = if sqlite { lead_fields::BY_PHONES_SQLITE } else { lead_fields::BY_PHONES_POSTGRES };
    add("leads by their phones", "leads", phones, &[r#"'["+919000000007","+91"]'"#]);
    add("a user's drafts", "import_drafts d", import_drafts::OF_USER, &["7", "9"]);
    add("duplicates of an import", "import_rows r", import_rows::DUPLICATES, &["7", "9"]);
    add("bad rows of an import", "import_rows r", import_rows::BAD, &["7", "9"]);
    add("remarks of an import", "import_rows r", import_rows::REMARKS, &["7", "9"]);
    add("what an import left out", "import_rows r", import_rows::ALL, &["7"]);
    add("events of a lead", "lead_events e", lead_changes::EVENTS, &["7", "50"]);
    add("the runs of a lead's events", "runs r", lead_changes::EVENTS, &["7", "50"]);
    add("what a lead was", "lead_events", lead_changes::STATES_UNTIL, &["7", &quarter]);
    add("who may be called again", "leads l", tasks::AGAIN, &["7", "0", &far, "5"]);
    add("who may be called again, calls", "calls c", tasks::AGAIN, &["7", "0", &far, "5"]);
    add("the next retry, calls", "calls c", tasks::RETRY, &["7", "0", &far]);
    add("a queue by status", "leads l", tasks::BY_STATUS, &["7"]);
    for table in ["leads l", "call_sums k", "follow_ups f"] {
        let day = [&quarter, "1778470198600", "1778470198550", &next_quarter, "7"];
        add(&format!("the team's {table}"), table, team::TEAM, &day);
    }
    add("what runs took", "lead_events e", team::MOVED, &["7", "2900"]);
    add("what runs brought", "runs r", team::MOVED, &["7", "2900"]);
    add("the session", "sessions s", users::BY_SESSION, &["'digest 7'", &now, "0"]);
    add("tags", "lead_tags", tags, &[some]);
    add("all tags", "lead_tags t", leads::choices::CHOICES, &["500", "7"]);
    add("all sources", "leads l", leads::choices::CHOICES, &["500", "7"]);
    // A quarter of calls, and an hour of conversions.
    let hour = [(NOW - 3_600_000).to_string(), now.clone()];
    let (all, one) = ([&hour[0], &hour[1], "0"], [&hour[0], &hour[1], "0", "7"]);
    let quarters = [&quarter, &next_quarter, "0", "7"];
    for (what, sql, values) in [
        ("calls", reports::CALLS, &quarters[..3]),
        ("an agent's calls", reports::CALLS_OF, &quarters),
        ("hours", reports::HOURS, &quarters[..3]),
        ("an agent's hours", reports::HOURS_OF, &quarters),
    ] {
        add(what, "call_sums s", sql, values);
    }
    for table in ["lead_events e", "calls c", "leads l"] {
        add(&format!("the funnel, {table}"), table, funnel::FUNNEL, &all[..2]);
        add(&format!("an agent's funnel, {table}"), table, funnel::FUNNEL_OF, &[&hour[0], &hour[1], "7"]);
    }
    add("the pipeline", "leads l", funnel::PIPELINE, &[]);
    add("whose leads are on which status", "leads l", statuses::OWNED, &[]);
    add("the pipeline of whoever sees their own customers", "leads l", funnel::PIPELINE_OF, &["7", "4"]);
    add("conversions", "leads l", reports::CONVERSIONS, &all);
    add("an agent's conversions", "leads l", reports::CONVERSIONS_OF, &one);
    hot
}

/// What the database says it would do. PostgreSQL has two answers: for these values, and once for all.
async fn plans(db: &Db, hot: &Hot) -> Vec<Vec<String>> {
    let Hot { sql, values, filters, merges, .. } = hot;
    let mut tx = read(db).await;
    if matches!(tx, Tx::Sqlite(_)) {
        let mut sql = sql.clone();
        for (n, value) in values.iter().enumerate().rev() {
            sql = sql.replace(&format!("${}", n + 1), value);
        }
        return vec![lines(&mut tx, format!("EXPLAIN QUERY PLAN {sql}"), 3).await];
    }
    let types = if sql == users::BY_SESSION { "(text, bigint, bigint)" } else { "" };
    execute(&mut tx, format!("PREPARE hot {types} AS {sql}")).await.expect("prepares");
    let values = if values.is_empty() { String::new() } else { format!("({})", values.join(", ")) };
    let mut plans = Vec::new();
    // Which leads are eligible depends on the statuses; those of all statuses are most leads.
    let modes = ["force_custom_plan", "force_generic_plan"];
    if *filters {
        execute(&mut tx, "SET LOCAL enable_seqscan = off").await.expect("sets");
    }
    if *merges {
        execute(&mut tx, "SET LOCAL enable_sort = off").await.expect("sets");
    }
    for mode in if *filters || sql == ELIGIBLE_POSTGRES { &modes[..1] } else { &modes } {
        execute(&mut tx, format!("SET LOCAL plan_cache_mode = {mode}")).await.expect("sets");
        plans.push(lines(&mut tx, format!("EXPLAIN EXECUTE hot {values}"), 0).await);
    }
    execute(&mut tx, "DEALLOCATE hot").await.expect("deallocates");
    plans
}

async fn lines(tx: &mut Tx, sql: String, column: usize) -> Vec<String> {
    let sql = AssertSqlSafe(sql);
    on!(tx, conn => {
        let rows = sqlx::raw_sql(sql).fetch_all(conn).await.expect("explains");
        rows.iter().map(|row| row.get::<String, _>(column)).collect()
    })
}
