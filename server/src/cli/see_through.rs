use std::time::Duration;

use anyhow::{Context as _, bail};
use calliyo_app::server::Services;
use calliyo_db::runs::{self, Run};
use calliyo_domain::job::{Outcome, RunState};
use tokio::time::sleep;

use crate::jobs;

/// How often a command looks how a run stands.
pub const LOOK: Duration = Duration::from_millis(200);

/// Carries out what waits, in the order it was asked for, until this run has ended, unless a server does it first;
/// gives how it ended.
pub async fn see_through(services: &Services, id: i64) -> anyhow::Result<(Run, Outcome)> {
    loop {
        jobs::take_next(services).await?;
        let run = runs::by_id(&mut services.db.read().await?, id).await?.context("the run is gone")?;
        match run.state.clone() {
            RunState::Done { outcome } => return Ok((run, outcome)),
            RunState::Failed { reason } => bail!("the run failed: {reason}. Nothing was changed"),
            RunState::Queued | RunState::Running | RunState::Missed => sleep(LOOK).await,
        }
    }
}

/// Works beside a watchman of its own: no server may be up to put back the run of one that died.
pub async fn watched<T>(services: &Services, work: impl Future<Output = T>) -> T {
    tokio::select! {
        done = work => done,
        () = jobs::watch(services.clone()) => unreachable!("the watchman never ends"),
    }
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, process::ExitCode, thread};

    use calliyo_db::Db;
    use calliyo_domain::job::{Job, Trigger};
    use clap::Parser as _;
    use tokio::{
        task::spawn_blocking,
        time::{advance, pause, resume},
    };

    use super::*;
    use crate::{
        cli::{self, Cli},
        start,
    };

    /// A database where no server is up, in a folder of its own.
    struct Place {
        url: String,
        db: Db,
        folder: tempfile::TempDir,
    }

    impl Place {
        async fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let url = format!("sqlite:{}", folder.path().join("calliyo.db").display());
            Self { db: start::open(&url).await.expect("opens"), url, folder }
        }

        /// A run that so many servers have died at; gives its id.
        async fn abandoned(&self, job: Job, servers: i64) -> i64 {
            let mut tx = self.db.write().await.expect("writes");
            let asked = runs::request(&mut tx, job, Trigger::RunNow, None, 0).await.expect("asks");
            let runs::Requested::New(run) = asked else { panic!("{asked:?}") };
            for server in 1..=servers {
                assert!(runs::claim(&mut tx, run, server).await.expect("claims").is_some());
                let [last] = runs::open(&mut tx).await.expect("reads")[..] else { panic!("one is open") };
                assert!(server == servers || runs::put_back(&mut tx, last, server).await.expect("puts it back"));
            }
            tx.commit().await.expect("commits");
            run
        }

        /// Another life sign each time, as of a server that is at the run.
        async fn beat(&self, run: i64) {
            for now in 10.. {
                let mut tx = self.db.write().await.expect("writes");
                runs::heartbeat(&mut tx, run, 1, now).await.expect("beats");
                tx.commit().await.expect("commits");
                sleep(LOOK).await;
            }
        }

        async fn command(&self, words: &[&str]) -> ExitCode {
            let words = [&["calliyo", "--database-url", &self.url], words].concat();
            hurried(cli::run(Cli::parse_from(words))).await
        }

        async fn state(&self, run: i64) -> RunState {
            let mut tx = self.db.read().await.expect("reads");
            runs::by_id(&mut tx, run).await.expect("reads").expect("the run").state
        }

        async fn runs(&self) -> usize {
            let all = runs::HistoryFilter { job: None, before: None, limit: 9 };
            runs::list(&mut self.db.read().await.expect("reads"), &all).await.expect("reads").len()
        }
    }

    /// Each second of the work takes a fifth of one. A paused clock that goes on by itself would not wait for the
    /// database, which has threads of its own.
    async fn hurried<T>(work: impl Future<Output = T>) -> T {
        pause();
        let mut work = pin!(work);
        for _ in 0..60 {
            tokio::select! {
                done = &mut work => {
                    resume();
                    return done;
                }
                _ = spawn_blocking(|| thread::sleep(Duration::from_millis(200))) => advance(Duration::from_secs(1)).await,
            }
        }
        panic!("a minute is over");
    }

    #[tokio::test]
    async fn the_run_that_a_server_died_at_is_taken_up_by_whoever_asks_for_that_job() {
        let place = Place::new().await;
        let run = place.abandoned(Job::TopUp, 1).await;
        assert_eq!(place.command(&["run", "top-up"]).await, ExitCode::SUCCESS);
        assert!(matches!(place.state(run).await, RunState::Done { .. }));
        assert_eq!(place.runs().await, 1, "and no second one");
    }

    #[tokio::test]
    async fn an_import_comes_after_the_run_that_a_server_died_at() {
        let place = Place::new().await;
        let run = place.abandoned(Job::AutoAssignment, 1).await;
        let file = place.folder.path().join("leads.csv");
        std::fs::write(&file, "FirstName,Phone\nAsha,+18725550000\n").expect("a file");
        let file = file.display().to_string();
        assert_eq!(place.command(&["import", "leads", &file]).await, ExitCode::SUCCESS);
        assert!(matches!(place.state(run).await, RunState::Done { .. }));
        assert!(matches!(place.state(run + 1).await, RunState::Done { .. }));
    }

    #[tokio::test]
    async fn a_run_that_servers_died_at_again_and_again_has_failed() {
        let place = Place::new().await;
        let run = place.abandoned(Job::TopUp, runs::MAX_CLAIMS).await;
        assert_eq!(place.command(&["run", "top-up"]).await, ExitCode::FAILURE);
        assert!(matches!(place.state(run).await, RunState::Failed { .. }));
    }

    #[tokio::test]
    async fn a_run_that_a_server_is_at_is_left_to_it() {
        let place = Place::new().await;
        let run = place.abandoned(Job::TopUp, 1).await;
        tokio::select! {
            code = place.command(&["run", "top-up"]) => assert_eq!(code, ExitCode::FAILURE),
            () = place.beat(run) => {}
        }
        assert_eq!(place.state(run).await, RunState::Running);
        assert_eq!(place.runs().await, 1);
    }
}
