//! What a run of Auto lead assignment costs beside the bare statements that any run needs: one UPDATE of the same rows
//! and one INSERT … SELECT of as many events, on the same database, in the same process, turn by turn.

use std::{
    str::FromStr,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use calliyo_app::server::Services;
use calliyo_db::{Db, Tx, demo::DemoLead, queue, roles, runs, settings, users};
use calliyo_domain::{
    job::{Job, Outcome, RunState, Trigger},
    settings::AutoAssignment,
    status,
    user::NewUser,
};
use calliyo_server::{jobs, start};

use crate::{analyze, databases, statements::Statements};

#[derive(Clone)]
pub struct Size {
    leads: i64,
    agents: i64,
    rounds: usize,
}

pub const SIZES: [Size; 4] = [
    Size { leads: 28_700, agents: 40, rounds: 9 },
    Size { leads: 28_700, agents: 1_000, rounds: 9 },
    Size { leads: 1_000_000, agents: 40, rounds: 3 },
    Size { leads: 1_000_000, agents: 1_000, rounds: 3 },
];

impl FromStr for Size {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let numbers: Vec<i64> = text.split(',').map(str::parse).collect::<Result<_, _>>()?;
        let [leads, agents, rounds] = numbers[..] else { anyhow::bail!("a size is LEADS,AGENTS,ROUNDS, not {text}") };
        Ok(Self { leads, agents, rounds: usize::try_from(rounds)? })
    }
}

/// Prints medians, their ratio, and the statements per run.
pub async fn measure(sizes: &[Size], statements: &Statements) -> anyhow::Result<()> {
    println!(
        "{:<12}{:>10}{:>8}{:>12}{:>12}{:>8}{:>12}",
        "database", "leads", "agents", "run", "floor", "ratio", "statements"
    );
    for size in sizes {
        let folder = tempfile::tempdir()?;
        for (name, url) in databases(&folder).await? {
            measure_on(name, Db::connect(&url).await?, size, statements).await?;
        }
    }
    Ok(())
}

async fn measure_on(name: &str, db: Db, size: &Size, statements: &Statements) -> anyhow::Result<()> {
    db.migrate().await?;
    let services = start::services(db, false);
    fill(&services, size).await?;
    // The first run takes the leads from Unassigned; from then on each moves every lead from agent to agent.
    let (_, mut counted) = run(&services, size.leads, statements).await?;
    let (mut runs, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..size.rounds {
        let (took, asked) = run(&services, size.leads, statements).await?;
        runs.push(took);
        counted = counted.max(asked);
        floors.push(floor(&services, size).await?);
    }
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
    let role = roles::by_name(&mut tx, "Agent").await?.context("no role Agent")?;
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
    analyze(&services.db).await
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

/// A whole run, from the claim to the commit: its time and its statements.
async fn run(services: &Services, leads: i64, statements: &Statements) -> anyhow::Result<(Duration, u64)> {
    let mut tx = services.db.write().await?;
    let runs::Requested::New(id) =
        runs::request(&mut tx, Job::AutoAssignment, Trigger::Command, None, services.clock.now()).await?
    else {
        anyhow::bail!("a run is under way");
    };
    queue::push(&mut tx, id).await?;
    tx.commit().await?;
    statements.take();
    let begun = Instant::now();
    jobs::take_up(services, id).await?;
    let took = begun.elapsed();
    let asked = statements.take().statements;
    match runs::by_id(&mut services.db.read().await?, id).await?.map(|run| run.state) {
        Some(RunState::Done { outcome: Outcome::Assigned(outcome) }) if outcome.assigned == leads.unsigned_abs() => {
            Ok((took, asked))
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
