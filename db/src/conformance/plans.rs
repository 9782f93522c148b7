//! How the databases mean to carry out the statements that people wait for: none reads its whole table.
//! `CALLIYO_SHOW_PLANS=1` with `--nocapture` shows the plans.

use calliyo_domain::{report::quarter, search::Search, visibility::Customers};
use sqlx::{AssertSqlSafe, Row as _};

use super::fixtures::*;
use crate::{
    Db, Tx, agents, call_sums, calls, corrections,
    customers::{self, Place, Query},
    follow_ups, funnel, import_drafts, import_rows, lead_changes, lead_fields, lead_notes,
    leads::{self, LeadFilter, OwnerFilter},
    moves::{ELIGIBLE_POSTGRES, ELIGIBLE_SQLITE, HOLDERS, RECEIVERS},
    reports, runs, tasks, team, users,
    value::Value,
};

on_both!(no_hot_statement_reads_a_whole_table);

const LEADS: i64 = 24_000;
const AGENTS: i64 = 40;

async fn no_hot_statement_reads_a_whole_table(db: &Db) {
    fill(db).await;
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
            if plan.iter().any(|line| reads_all(line, hot.table)) {
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
    // An index of words is said to be scanned where it is searched, too.
    let sqlite = words.next() == Some("SCAN") && words.next() == Some(alias) && !line.contains("VIRTUAL TABLE INDEX");
    sqlite || line.contains(&format!("Seq Scan on {table}"))
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
}

async fn hot(db: &Db) -> Vec<Hot> {
    let sqlite = matches!(db, Db::Sqlite { .. });
    let tx = read(db).await;
    let mut hot = [leads_found(&tx), customers_found(&tx)].concat();
    let mut add = |what: &str, table: &'static str, sql: &'static str, values: &[&str]| {
        let values = values.iter().map(ToString::to_string).collect();
        hot.push(Hot { what: what.to_owned(), table, sql: sql.to_owned(), values, filters: false });
    };
    let now = NOW.to_string();
    let (eligible, ids) = if sqlite { (ELIGIBLE_SQLITE, "'[9]'") } else { (ELIGIBLE_POSTGRES, "'{9}'") };
    let (tags, some) = if sqlite { (leads::TAGS_SQLITE, "'[5,6,7]'") } else { (leads::TAGS_POSTGRES, "'{5,6,7}'") };
    add("eligible leads", "leads l", eligible, &[ids, &now]);
    add("receivers", "leads l", RECEIVERS, &[]);
    add("holders", "leads l", HOLDERS, &[]);
    add("agents", "leads l", agents::LIST, &[]);
    add("the active run", "runs r", runs::ACTIVE, &["'auto_assignment'"]);
    add("the last run", "runs r", runs::LAST_ENDED, &["'auto_assignment'"]);
    for (what, before) in [("the newest runs", i64::MAX.to_string()), ("older runs", "1500".to_owned())] {
        add(what, "runs r", runs::LIST, &[&before, "50"]);
        add(what, "runs r", runs::LIST_OF_JOB, &[&before, "50", "'auto_assignment'"]);
    }
    add("moved leads", "lead_events e", runs::MOVED, &["7", "0", "50"]);
    let far = i64::MAX.to_string();
    let [quarter, next_quarter] = [0, 1].map(|later| (quarter(NOW) + later).to_string());
    add("calls of a day", "call_sums s", call_sums::OUTGOING, &["7", &quarter, &next_quarter]);
    add("calls of a lead", "calls c", calls::OF_LEAD, &["7", "50"]);
    let of_calls = if sqlite { corrections::OF_CALLS_SQLITE } else { corrections::OF_CALLS_POSTGRES };
    add("corrections of calls", "call_corrections k", of_calls, &[some]);
    add("notes of a lead", "lead_notes n", lead_notes::OF_LEAD, &["7", "50"]);
    add("follow-ups of a lead", "follow_ups f", follow_ups::OF_LEAD, &["7", "50"]);
    add("open follow-ups of a lead", "follow_ups f", follow_ups::OPEN, &["7"]);
    add("follow-ups due", "leads l", follow_ups::DUE, &["7", &now, "50", "7"]);
    add("the next follow-up", "follow_ups f", follow_ups::NEXT_DUE, &[&now]);
    for table in ["leads l", "follow_ups f"] {
        add(&format!("an agent's next follow-up, {table}"), table, follow_ups::NEXT_DUE_OF, &[&now, "7"]);
    }
    add("a lead", "leads l", lead_changes::BY_ID, &["7"]);
    add("a lead by its phone", "leads", lead_fields::BY_PHONE, &["'+919000000007'"]);
    let phones = if sqlite { lead_fields::BY_PHONES_SQLITE } else { lead_fields::BY_PHONES_POSTGRES };
    add("leads by their phones", "leads", phones, &[r#"'["+919000000007","+91"]'"#]);
    add("a user's drafts", "import_drafts d", import_drafts::OF_USER, &["7", "9"]);
    add("duplicates of an import", "import_rows r", import_rows::DUPLICATES, &["7", "9"]);
    add("what an import left out", "import_rows r", import_rows::ALL, &["7"]);
    add("events of a lead", "lead_events e", lead_changes::EVENTS, &["7", "50"]);
    add("the runs of a lead's events", "runs r", lead_changes::EVENTS, &["7", "50"]);
    let words = if sqlite { "'lead*'" } else { "'lead:*'" };
    let page = ["7", &now, "-1", "0", "0", "51", "0", "0", "2", &far, words];
    add("tasks", "leads l", tasks::PAGE, &page[..10]);
    add("tasks that are found", "leads l", if sqlite { tasks::FOUND_SQLITE } else { tasks::FOUND_POSTGRES }, &page);
    add("the next task, leads", "leads l", tasks::NEXT, &["7", &now, "5", "0", &far, "0"]);
    add("the next task, calls", "calls c", tasks::NEXT, &["7", &now, "5", "0", &far, "0"]);
    add("a queue by status", "leads l", tasks::BY_STATUS, &["7"]);
    for table in ["leads l", "call_sums k", "follow_ups f"] {
        let day = [&quarter, "1778470198600", "1778470198550", &next_quarter, "7"];
        add(&format!("the team's {table}"), table, team::TEAM, &day);
    }
    add("what runs took", "lead_events e", team::MOVED, &["7", "2900"]);
    add("what runs brought", "runs r", team::MOVED, &["7", "2900"]);
    add("the session", "sessions s", users::BY_SESSION, &["'digest 7'", &now, "0"]);
    add("tags", "lead_tags", tags, &[some]);
    add("all tags", "lead_tags t", leads::choices::TAGS, &["500"]);
    add("all sources", "leads l", leads::choices::SOURCES, &["500"]);
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
    add("the pipeline of whoever sees their own customers", "leads l", funnel::PIPELINE_OF, &["7", "4"]);
    add("conversions", "leads l", reports::CONVERSIONS, &all);
    add("an agent's conversions", "leads l", reports::CONVERSIONS_OF, &one);
    hot
}

/// Lists and counts of leads, by each filter and by several.
fn leads_found(tx: &Tx) -> Vec<Hot> {
    let mut hot = Vec::new();
    for filter in filters() {
        let by_words = filter.search.is_some() && filter.owner != OwnerFilter::Agent(7);
        let table = if by_words { "lead_words w" } else { "leads l" };
        let statements = [None, Some(leads::Place { status_since: NOW - 3_612_000, id: LEADS / 2 })]
            .map(|after| leads::list_statement(tx, &filter, after, 50));
        // Nothing but the limit holds up a count of leads that most leads are among.
        let asks =
            [filter.tag.is_some(), filter.source.is_some(), filter.search.is_some(), !filter.statuses.is_empty()];
        let count = asks.contains(&true).then(|| leads::count_statement(tx, &filter, 50));
        for (sql, values) in statements.into_iter().chain(count) {
            hot.push(Hot { what: format!("{filter:?}"), table, sql, values: literals(&values), filters: true });
        }
    }
    hot
}

/// Lists of customers and counts of those that are searched for; all are counted in an index that holds no other leads.
fn customers_found(tx: &Tx) -> Vec<Hot> {
    let mut hot = Vec::new();
    for visible in [Customers::All, Customers::ConvertedBy(7)] {
        for search in [None, Search::of("lead 23")] {
            let table = if search.is_some() { "lead_words w" } else { "leads l" };
            let count = search.as_ref().map(|search| customers::count_statement(tx, visible, Some(search)));
            let after = Place { converted_at: NOW, id: 9_000 };
            let list = customers::list_statement(tx, &Query { visible, search, after: Some(after), limit: 50 });
            for (sql, values) in [Some(list), count].into_iter().flatten() {
                let values = literals(&values);
                hot.push(Hot { what: format!("customers, {visible:?}"), table, sql, values, filters: true });
            }
        }
    }
    hot
}

fn literals(values: &[Value]) -> Vec<String> {
    let literal = |value: &Value| match value {
        Value::Int(value) => value.to_string(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
    };
    values.iter().map(literal).collect()
}

fn filters() -> Vec<LeadFilter> {
    let all = LeadFilter::default;
    let owners = [OwnerFilter::Anyone, OwnerFilter::Nobody, OwnerFilter::Agent(7)];
    // Unassigned, Assigned, Customer, and one that few leads are on; then several.
    let statuses = [vec![], vec![1], vec![2], vec![4], vec![MISSED], vec![1, 2, MISSED]];
    let mut filters: Vec<_> = statuses
        .iter()
        .flat_map(|statuses| owners.map(|owner| LeadFilter { statuses: statuses.clone(), owner, ..all() }))
        .collect();
    let (tag, source) = (Some("even".to_owned()), Some("Web".to_owned()));
    filters.extend([
        LeadFilter { tag: tag.clone(), ..all() },
        LeadFilter { source: source.clone(), ..all() },
        LeadFilter { since_at_latest: Some(NOW - 3_610_000), statuses: (1..=10).collect(), ..all() },
        LeadFilter { since_at_latest: Some(NOW - 3_610_000), statuses: vec![2], ..all() },
        LeadFilter { since_at_latest: Some(NOW - 3_610_000), owner: OwnerFilter::Agent(7), ..all() },
        LeadFilter { search: Search::of("lead 23"), ..all() },
        LeadFilter { search: Search::of("9000012"), ..all() },
        LeadFilter { search: Search::of("l"), statuses: vec![1, 2], tag: tag.clone(), ..all() },
        LeadFilter { search: Search::of("lead 23"), owner: OwnerFilter::Agent(7), ..all() },
        LeadFilter { search: Search::of("l"), tag: tag.clone(), owner: OwnerFilter::Agent(7), ..all() },
        LeadFilter { source, tag, owner: OwnerFilter::Nobody, since_at_latest: Some(NOW), ..all() },
        LeadFilter { only: Some(vec![5, 6, 7]), ..all() },
        LeadFilter { customers: Customers::ConvertedBy(7), ..all() },
        LeadFilter { customers: Customers::ConvertedBy(7), statuses: vec![4], ..all() },
        LeadFilter { customers: Customers::ConvertedBy(7), owner: OwnerFilter::Agent(7), ..all() },
    ]);
    filters
}

/// What the database says it would do. PostgreSQL has two answers: for these values, and once for all.
async fn plans(db: &Db, hot: &Hot) -> Vec<Vec<String>> {
    let Hot { sql, values, filters, .. } = hot;
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

async fn fill(db: &Db) {
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
        "UPDATE leads SET source = 'Web' WHERE id % 400 = 0",
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
