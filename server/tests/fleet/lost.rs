use std::time::Duration;

use calliyo_db::Tx;
use calliyo_domain::job::{Job, RunState};
use sqlx::{Connection as _, PgConnection};
use tokio::time::{Instant, sleep};

use crate::{
    company::found,
    proxy::{Gate, Proxy},
    world::{World, on_postgres, until},
};

#[tokio::test]
async fn a_run_whose_connections_are_ended_fails_with_a_reason() {
    on_postgres(async |world: &World| {
        found(&world.db, world.hand.now()).await;
        let _server = world.server().await;
        let mut lock = Lock::take(world).await;
        let run = world.run_now(Job::TopUp).await;
        lock.until_waited_for().await;
        lock.end_all_other_connections().await;
        lock.release().await;
        let reason = "the database could not be reached".to_owned();
        assert_eq!(world.outcome(run).await, RunState::Failed { reason });
        assert_eq!(events(world, run).await, 0, "nothing is half applied");
        world.assert_clean().await;
        let next = world.run_now(Job::TopUp).await;
        assert!(matches!(world.outcome(next).await, RunState::Done { .. }));
        assert_ne!(events(world, next).await, 0, "the next one does its work");
        world.assert_clean().await;
    })
    .await;
}

#[tokio::test]
async fn a_run_whose_database_refuses_everybody_ends_soon_after_it_takes_them_again() {
    on_postgres(async |world: &World| {
        found(&world.db, world.hand.now()).await;
        let (proxy, url) = Proxy::before(&world.url).await;
        let _server = world.server_by(&url, &world.hand).await;
        let mut lock = Lock::take(world).await;
        let run = world.run_now(Job::TopUp).await;
        lock.until_waited_for().await;
        proxy.set(Gate::Locked);
        lock.release().await;
        sleep(Duration::from_secs(8)).await;
        proxy.set(Gate::Open);
        let back = Instant::now();
        // Failed by the server that lost it, or put back and done: whichever of the two is quicker.
        world.outcome(run).await;
        assert!(back.elapsed() < Duration::from_secs(15), "it took {:?}", back.elapsed());
        assert!(world.logged("the job worker failed") < 20, "it does not run hot meanwhile");
        world.assert_clean().await;
        let next = world.run_now(Job::TopUp).await;
        assert!(matches!(world.outcome(next).await, RunState::Done { .. }));
    })
    .await;
}

#[tokio::test]
async fn another_server_takes_up_the_run_of_one_that_has_lost_the_database() {
    on_postgres(async |world: &World| {
        found(&world.db, world.hand.now()).await;
        let (proxy, url) = Proxy::before(&world.url).await;
        let _server = world.server_by(&url, &world.hand).await;
        let mut lock = Lock::take(world).await;
        let run = world.run_now(Job::TopUp).await;
        lock.until_waited_for().await;
        let _other = world.server().await;
        proxy.set(Gate::Cut);
        lock.release().await;
        assert!(matches!(world.outcome(run).await, RunState::Done { .. }));
        assert_eq!(
            number(world, "SELECT fence FROM runs WHERE id = $1", run).await,
            2,
            "claimed by one, then the other"
        );
        world.assert_clean().await;
    })
    .await;
}

async fn events(world: &World, run: i64) -> i64 {
    number(world, "SELECT count(*) FROM lead_events WHERE run_id = $1", run).await
}

/// What `sql` gives for a run.
pub async fn number(world: &World, sql: &'static str, run: i64) -> i64 {
    let mut tx = world.db.read().await.unwrap();
    let Tx::Postgres(conn) = &mut tx else { panic!("on PostgreSQL") };
    sqlx::query_scalar(sql).bind(run).fetch_one(&mut **conn).await.unwrap()
}

/// A lock on the leads' events: a run that moves leads gets stuck in the middle of its work.
pub struct Lock(PgConnection);

impl Lock {
    pub async fn take(world: &World) -> Self {
        let mut holder = PgConnection::connect(&world.url).await.unwrap();
        sqlx::raw_sql("BEGIN; LOCK TABLE lead_events IN EXCLUSIVE MODE").execute(&mut holder).await.unwrap();
        Self(holder)
    }

    pub async fn until_waited_for(&mut self) {
        let waited_for =
            "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'lead_events'::regclass AND NOT granted)";
        until("a run waits for the lock", async || {
            sqlx::query_scalar::<_, bool>(waited_for).fetch_one(&mut self.0).await.unwrap()
        })
        .await;
    }

    async fn end_all_other_connections(&mut self) {
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sqlx::query(end).execute(&mut self.0).await.unwrap();
    }

    pub async fn release(mut self) {
        sqlx::raw_sql("ROLLBACK").execute(&mut self.0).await.unwrap();
    }
}
