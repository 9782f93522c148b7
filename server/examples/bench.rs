//! What a run of Auto lead assignment costs beside the bare statements that any run needs: one UPDATE of the same rows
//! and one INSERT … SELECT of as many events, on the same database, in the same process, turn by turn.
//! Prints medians, their ratio, and the statements per run. `bench [leads,agents,rounds …]`

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use calliyo_app::server::Services;
use calliyo_db::{Db, Tx, demo::DemoLead, queue, runs, settings, users};
use calliyo_domain::{
    job::{Job, Outcome, RunState, Trigger},
    settings::AutoAssignment,
    status,
    user::NewUser,
};
use calliyo_server::{jobs, start};
use tracing::field::{Field, Visit};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt as _},
    util::SubscriberInitExt as _,
};

struct Size {
    leads: i64,
    agents: i64,
    rounds: usize,
}

const SIZES: [Size; 4] = [
    Size { leads: 28_700, agents: 40, rounds: 9 },
    Size { leads: 28_700, agents: 1_000, rounds: 9 },
    Size { leads: 1_000_000, agents: 40, rounds: 3 },
    Size { leads: 1_000_000, agents: 1_000, rounds: 3 },
];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let statements = Statements::default();
    tracing_subscriber::registry().with(statements.clone()).init();
    let asked: Vec<Size> = std::env::args().skip(1).map(|size| parse(&size)).collect::<Result<_, _>>()?;
    println!(
        "{:<12}{:>10}{:>8}{:>12}{:>12}{:>8}{:>12}",
        "database", "leads", "agents", "run", "floor", "ratio", "statements"
    );
    for size in if asked.is_empty() { &SIZES[..] } else { &asked } {
        let folder = tempfile::tempdir()?;
        let file = format!("sqlite:{}", folder.path().join("bench.db").display());
        measure("SQLite", Db::connect(&file).await?, size, &statements).await?;
        if let Ok(url) = std::env::var("CALLIYO_TEST_POSTGRES") {
            let Db::Postgres(server) = Db::connect(&url).await? else { continue };
            sqlx::raw_sql("DROP DATABASE IF EXISTS calliyo_bench WITH (FORCE)").execute(&server).await?;
            sqlx::raw_sql("CREATE DATABASE calliyo_bench").execute(&server).await?;
            let (base, _) = url.rsplit_once('/').context("CALLIYO_TEST_POSTGRES names no database")?;
            measure("PostgreSQL", Db::connect(&format!("{base}/calliyo_bench")).await?, size, &statements).await?;
        }
    }
    Ok(())
}

fn parse(text: &str) -> anyhow::Result<Size> {
    let numbers: Vec<i64> = text.split(',').map(str::parse).collect::<Result<_, _>>()?;
    let [leads, agents, rounds] = numbers[..] else { anyhow::bail!("a size is LEADS,AGENTS,ROUNDS, not {text}") };
    Ok(Size { leads, agents, rounds: usize::try_from(rounds)? })
}

async fn measure(name: &str, db: Db, size: &Size, statements: &Statements) -> anyhow::Result<()> {
    db.migrate().await?;
    let services = start::services(db, false);
    fill(&services, size).await?;
    // The first run takes the leads from Unassigned; from then on each moves every lead from agent to agent.
    run(&services, size.leads, statements).await?;
    let (mut runs, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..size.rounds {
        runs.push(run(&services, size.leads, statements).await?);
        floors.push(floor(&services, size).await?);
    }
    let counted = statements.last();
    let (run, floor) = (median(runs), median(floors));
    println!(
        "{name:<12}{:>10}{:>8}{:>10} ms{:>10} ms{:>8.2}{counted:>12}",
        size.leads,
        size.agents,
        run.as_millis(),
        floor.as_millis(),
        run.as_secs_f64() / floor.as_secs_f64(),
    );
    services.db.close().await;
    Ok(())
}

async fn fill(services: &Services, size: &Size) -> anyhow::Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.write().await?;
    let cap = size.leads.div_euclid(size.agents) + 1;
    let role = users::role_by_name(&mut tx, "Agent").await?.context("no role Agent")?;
    let mut admin = 0;
    for n in 1..=size.agents {
        let user = NewUser::new(&format!("Agent {n}"), &format!("agent{n}@example.com"), cap)?;
        admin = users::add(&mut tx, &user, role, "none", now).await?;
    }
    let leads: Vec<DemoLead> = (1..=size.leads).map(|id| lead(id, now)).collect();
    for part in leads.chunks(50_000) {
        calliyo_db::demo::add_leads(&mut tx, part).await?;
    }
    let mut section = settings::get::<AutoAssignment>(&mut tx).await?;
    section.value.statuses = vec![status::UNASSIGNED, status::ASSIGNED];
    settings::save(&mut tx, section.version, &section.value, admin, now).await?;
    tx.commit().await?;
    analyze(services).await
}

fn lead(id: i64, now: i64) -> DemoLead {
    DemoLead {
        id,
        first_name: "Lead".to_owned(),
        last_name: format!("{id}"),
        phone: format!("+999{id:09}"),
        email: String::new(),
        tag: "bench".to_owned(),
        status: status::UNASSIGNED,
        since: now - id * 1000,
        owner: None,
        created_at: now - id * 1000,
        assigned_at: None,
    }
}

async fn analyze(services: &Services) -> anyhow::Result<()> {
    match &services.db {
        Db::Sqlite { writer, .. } => sqlx::raw_sql("ANALYZE").execute(writer).await.map(|_| ())?,
        Db::Postgres(pool) => sqlx::raw_sql("VACUUM ANALYZE").execute(pool).await.map(|_| ())?,
    }
    Ok(())
}

/// A whole run, from the claim to the commit.
async fn run(services: &Services, leads: i64, statements: &Statements) -> anyhow::Result<Duration> {
    let mut tx = services.db.write().await?;
    let runs::Requested::New(id) =
        runs::request(&mut tx, Job::AutoAssignment, Trigger::Command, None, services.clock.now()).await?
    else {
        anyhow::bail!("a run is under way");
    };
    queue::push(&mut tx, id).await?;
    tx.commit().await?;
    let begun = Instant::now();
    statements.start();
    jobs::take_up(services, id).await?;
    let took = begun.elapsed();
    statements.stop();
    match runs::by_id(&mut services.db.read().await?, id).await?.map(|run| run.state) {
        Some(RunState::Done { outcome: Outcome::Assigned(outcome) }) if outcome.assigned == leads.unsigned_abs() => {
            Ok(took)
        }
        other => anyhow::bail!("the run did not move every lead: {other:?}"),
    }
}

/// The bare statements: every lead to the next agent, and an event for each.
async fn floor(services: &Services, size: &Size) -> anyhow::Result<Duration> {
    const UPDATE: &str = "UPDATE leads SET owner_id = 1 + owner_id % $1, status_id = 2, status_since = $2, assigned_at = $2, \
                          last_owner_id = owner_id, version = version + 1 WHERE status_id = 2";
    const INSERT: &str = "INSERT INTO lead_events (lead_id, at, run_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
                          SELECT id, $1, (SELECT max(id) FROM runs), status_id, 2, last_owner_id, owner_id, 'Floor' FROM leads WHERE status_id = 2";
    let now = services.clock.now();
    let begun = Instant::now();
    let mut tx = services.db.write().await?;
    match &mut tx {
        Tx::Sqlite(tx) => {
            sqlx::query(UPDATE).bind(size.agents).bind(now).execute(&mut **tx).await?;
            sqlx::query(INSERT).bind(now).execute(&mut **tx).await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(UPDATE).bind(size.agents).bind(now).execute(&mut **tx).await?;
            sqlx::query(INSERT).bind(now).execute(&mut **tx).await?;
        }
    }
    tx.commit().await?;
    Ok(begun.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Counts the statements that sqlx reports, leaving out the begin and end of transactions and the word to the pages,
/// which goes beside the run. With `BENCH_STATEMENTS` in the environment, prints each with its time.
#[derive(Clone, Default)]
struct Statements {
    counted: Arc<AtomicUsize>,
    last: Arc<AtomicUsize>,
}

impl Statements {
    /// A run begins.
    fn start(&self) {
        self.counted.store(0, Ordering::Relaxed);
    }

    /// It has ended.
    fn stop(&self) {
        self.last.store(self.counted.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// How many the last run took.
    fn last(&self) -> usize {
        self.last.load(Ordering::Relaxed)
    }
}

impl<S: tracing::Subscriber> Layer<S> for Statements {
    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut seen = Seen::default();
        event.record(&mut seen);
        if ["BEGIN", "COMMIT", "ROLLBACK", "SELECT pg_notify"].iter().any(|start| seen.summary.starts_with(start)) {
            return;
        }
        self.counted.fetch_add(1, Ordering::Relaxed);
        if std::env::var_os("BENCH_STATEMENTS").is_some() {
            println!("  {:>10}  {}", seen.elapsed, seen.summary);
        }
    }
}

/// What sqlx says of a statement.
#[derive(Default)]
struct Seen {
    summary: String,
    elapsed: String,
}

impl Visit for Seen {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            self.summary = value.trim_start().to_owned();
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        match field.name() {
            "summary" => self.summary = format!("{value:?}").trim_matches('"').trim_start().to_owned(),
            "elapsed" => self.elapsed = format!("{value:?}"),
            _ => {}
        }
    }
}
