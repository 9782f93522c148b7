//! How much the pages read. A process of its own, since what it counts are the statements of the whole process.

#[path = "../../examples/bench/site.rs"]
mod site;
#[path = "../../examples/bench/statements.rs"]
mod statements;

use calliyo_db::Db;
use calliyo_server::start;
use site::{PAGES, Site, demo, shown};
use statements::Statements;
use tracing_subscriber::{layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Beside what it lists, a page reads who asks and what the frame says of the company, and a row more than it shows of a
/// list, to know whether there is a next page.
const FRAME: u64 = 20;

/// The daily jobs are on, and each has ended and waits: of this the Configurations tab tells most.
const JOBS: [&str; 3] = [
    "UPDATE settings SET value = json_set(value, '$.enabled', json('true')) \
     WHERE section IN ('auto_assignment', 'top_up', 'auto_removal')",
    "INSERT INTO runs (job, trigger, requested_at, state, heartbeat_at, finished_at, failure) \
     SELECT j.value, 'run_now', s.value, CASE s.value WHEN 1 THEN 'failed' ELSE 'queued' END, s.value, \
       CASE s.value WHEN 1 THEN 1 END, CASE s.value WHEN 1 THEN 'a reason' END \
     FROM json_each('[\"auto_assignment\", \"top_up\", \"auto_removal\"]') j CROSS JOIN json_each('[1, 2]') s",
    "INSERT INTO run_agents (run_id, agent_id, before, given, taken, after, cap) \
     SELECT r.id, 5, 0, 1, 0, 1, 1 FROM runs r WHERE r.state = 'failed'",
];

/// Every list has many pages; what is counted are the rows that the database gives, sums aside.
#[tokio::test(flavor = "multi_thread")]
async fn no_page_asks_for_more_than_it_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("company.db").display());
    let statements = Statements::default();
    tracing_subscriber::registry().with(statements.clone()).init();
    demo(&url, 8_000, 24_000, 40).await.expect("a company");
    let db = start::open(&url).await.expect("opens");
    let Db::Sqlite { writer, .. } = &db else { panic!("on SQLite") };
    // Who has no room is no choice for a new lead.
    sqlx::query("UPDATE users SET lead_cap = 1").execute(writer).await.expect("writes");
    let site = Site::of(&db);
    for sql in JOBS {
        sqlx::query(sql).execute(writer).await.expect("writes");
    }
    let mut too_many = Vec::new();
    for (who, page, most) in PAGES {
        // The company of the measurements is larger.
        let page = page.replace("500000", "4000");
        let cookie = site.sign_in(who).await.expect("signs in");
        statements.take();
        let (_, html) = site.ask(&page, &cookie).await.expect("answers");
        let (asked, shown) = (statements.take(), shown(&html));
        println!("{who:<10}{page:<42}{:>6}{:>6}{:>6}{:>6}", asked.statements, asked.sums, asked.rows, shown);
        assert!(asked.statements > 0 || who.is_empty(), "{page} asks for nothing");
        if asked.rows > shown + FRAME {
            too_many.push(format!("{who} {page}: {} rows for {shown}", asked.rows));
        }
        if asked.statements > *most {
            too_many.push(format!("{who} {page}: {} statements instead of {most}", asked.statements));
        }
    }
    assert!(too_many.is_empty(), "{too_many:#?}");
    db.close().await;
}
