use std::{
    fs,
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use calliyo_db::{
    Db, queue,
    runs::{self, HistoryFilter, Requested, Run},
};
use calliyo_domain::job::{Job, RunState, Trigger};
use calliyo_server::start;
use futures::FutureExt as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::{
    process::Command,
    time::{Instant, sleep},
};

use crate::{
    hand::Hand,
    server::{CALLIYO, Looks, Server},
};

/// How long a run may stay open: "taken up again or marked failed within 30 seconds".
pub const OPEN: Duration = Duration::from_secs(30);

/// A database of the test's own, and the clock of its servers.
pub struct World {
    pub url: String,
    pub db: Db,
    pub hand: Hand,
    log: PathBuf,
    _folder: tempfile::TempDir,
}

pub async fn on_sqlite(test: impl AsyncFnOnce(&World)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("calliyo.db").display());
    run(url, folder, test).await;
}

pub async fn on_postgres(test: impl AsyncFnOnce(&World)) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("CALLIYO_TEST_POSTGRES").expect("run through scripts/postgres");
    let name = format!("calliyo_fleet_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    execute(&server, format!("CREATE DATABASE {name}")).await;
    let ended = run(format!("{base}/{name}"), tempfile::tempdir().unwrap(), test);
    let ended = AssertUnwindSafe(ended).catch_unwind().await;
    execute(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
}

async fn run(url: String, folder: tempfile::TempDir, test: impl AsyncFnOnce(&World)) {
    let db = start::open(&url).await.unwrap();
    let hand = Hand::new(folder.path().join("clock"));
    let world = World { url, db, hand, log: folder.path().join("log"), _folder: folder };
    let ended = AssertUnwindSafe(test(&world)).catch_unwind().await;
    world.db.close().await;
    if let Err(panic) = ended {
        let log = fs::read_to_string(&world.log).unwrap_or_default();
        let end: Vec<_> = log.lines().rev().take(50).collect();
        eprintln!("the servers' log ends:");
        end.into_iter().rev().for_each(|line| eprintln!("{line}"));
        resume_unwind(panic);
    }
}

async fn execute(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.expect("CALLIYO_TEST_POSTGRES answers");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("the test server obeys");
}

impl World {
    pub async fn server(&self) -> Server {
        self.server_by(&self.url, &self.hand).await
    }

    /// One that hardly waits between an instant and its look at the clock.
    pub async fn hasty_server(&self) -> Server {
        Server::start(&self.url, &self.hand, Looks::Often, &self.log).await
    }

    /// One that reaches the database another way, or has a clock of its own.
    pub async fn server_by(&self, url: &str, hand: &Hand) -> Server {
        Server::start(url, hand, Looks::ByTick, &self.log).await
    }

    /// Every run, the newest first.
    pub async fn runs(&self) -> Vec<Run> {
        self.newest(i64::MAX).await
    }

    async fn newest(&self, limit: i64) -> Vec<Run> {
        let filter = HistoryFilter { job: None, before: None, limit };
        runs::list(&mut self.db.read().await.unwrap(), &filter).await.unwrap()
    }

    /// Waits until all these runs have ended; gives how long the slowest look took, which says how busy the machine is.
    pub async fn until_ended(&self, due: &[(Job, String)]) -> Duration {
        let is_of = |run: &Run, (job, date): &(Job, String)| run.job == *job && run.local_date.as_ref() == Some(date);
        let mut slowest = Duration::ZERO;
        until("the runs end", async || {
            let begun = Instant::now();
            let runs = self.newest(12).await;
            slowest = slowest.max(begun.elapsed());
            due.iter().all(|slot| runs.iter().any(|run| is_of(run, slot) && run.finished_at.is_some()))
        })
        .await;
        slowest
    }

    /// Asks for a run as Run Now does.
    pub async fn run_now(&self, job: Job) -> i64 {
        let mut tx = self.db.write().await.unwrap();
        let asked = runs::request(&mut tx, job, Trigger::RunNow, None, self.hand.now()).await.unwrap();
        let Requested::New(run) = asked else { panic!("{asked:?}") };
        queue::push(&mut tx, run).await.unwrap();
        tx.commit().await.unwrap();
        run
    }

    /// How the run ended.
    pub async fn outcome(&self, run: i64) -> RunState {
        let state = async || runs::by_id(&mut self.db.read().await.unwrap(), run).await.unwrap().unwrap().state;
        until("the run ends", async || matches!(state().await, RunState::Done { .. } | RunState::Failed { .. })).await;
        state().await
    }

    /// How many lines of the servers' log hold this.
    pub fn logged(&self, words: &str) -> usize {
        fs::read_to_string(&self.log).unwrap().lines().filter(|line| line.contains(words)).count()
    }

    /// Lets `calliyo check` look at the database.
    pub async fn assert_clean(&self) {
        let check = Command::new(CALLIYO).arg("check").env("DATABASE_URL", &self.url).output().await.unwrap();
        assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
    }
}

/// Waits for a condition, as long as a run may stay open.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + OPEN;
    while !holds().await {
        assert!(Instant::now() < deadline, "waited too long until {what}");
        sleep(Duration::from_millis(20)).await;
    }
}
