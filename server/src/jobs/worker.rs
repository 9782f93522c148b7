use std::{
    pin::pin,
    task::{Context, Poll},
    time::Duration,
};

use apalis::prelude::{BackendExt, Data, Monitor, PollSnapshot, PollStrategy, WorkerBuilder, WorkerBuilderExt};
use apalis_postgres::{Config as PostgresConfig, PostgresStorage};
use apalis_sqlite::{Config as SqliteConfig, SqliteStorage};
use calliyo_app::server::Services;
use calliyo_db::{
    Db,
    queue::{QUEUE, RunTask},
};
use futures::{FutureExt as _, StreamExt as _};
use tokio::{
    sync::{mpsc, oneshot},
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_stream::wrappers::IntervalStream;

use super::take_next;

/// How often an idle worker looks for a task.
const LOOK: Duration = Duration::from_millis(250);

const HEARTBEAT: Duration = Duration::from_secs(5);

/// How long a worker that failed waits until it is started again: a database that refuses may do so at once.
const PAUSE: Duration = Duration::from_secs(1);

/// Works the queue until `stop`; a worker that fails is started again.
pub async fn work(services: Services, stop: impl Future<Output = ()> + Send + 'static) {
    let (bench, asked) = mpsc::channel(1);
    tokio::join!(keep_working(&services, bench, stop), carry_out(&services, asked));
}

/// Where a worker asks for what waits to be taken up; it hears when all is done.
type Bench = mpsc::Sender<oneshot::Sender<()>>;

async fn keep_working(services: &Services, bench: Bench, stop: impl Future<Output = ()> + Send + 'static) {
    // Unique per boot: the queue tells workers apart by their names.
    let boot: String = services.random.bytes()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let stop = stop.boxed().shared();
    for start in 0.. {
        let worker = format!("{boot}-{start}");
        if let Err(error) = work_until(stop.clone(), worker_of(services, worker, bench.clone())).await {
            tracing::warn!(%error, "the job worker failed and starts again");
        }
        tokio::select! {
            () = stop.clone() => return,
            () = sleep(PAUSE) => {}
        }
    }
}

/// Takes up what waits whenever a worker asks. Runs are no part of a worker: the queue drops what a worker is at when
/// its heartbeat can't be written, and SQLite's one writer may be a long run's.
async fn carry_out(services: &Services, mut asked: mpsc::Receiver<oneshot::Sender<()>>) {
    while let Some(done) = asked.recv().await {
        take_all(services).await;
        // Nobody hears it where the worker has failed meanwhile.
        let _ = done.send(());
    }
}

/// What waits is taken in the order it was asked for, until nothing does.
async fn take_all(services: &Services) {
    loop {
        match take_next(services).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                // Still queued or claimed: the watchman puts it back.
                tracing::error!(%error, "no run could be taken up");
                return;
            }
        }
    }
}

async fn work_until(stop: impl Future<Output = ()>, worker: Monitor) -> anyhow::Result<()> {
    let context = worker.context();
    let mut working = pin!(worker.run());
    tokio::select! {
        ended = &mut working => return Ok(ended?),
        () = stop => context.shutdown()?,
    }
    Ok(working.await?)
}

fn worker_of(services: &Services, name: String, bench: Bench) -> Monitor {
    match services.db.clone() {
        Db::Sqlite { writer, .. } => Monitor::new().register(move |_| {
            let config =
                SqliteConfig::default().queue(QUEUE).batch_size(1).heartbeat_interval(HEARTBEAT).missed_heartbeats(4);
            let storage = SqliteStorage::<RunTask>::new(&writer).with_config(config);
            WorkerBuilder::new(name.as_str())
                .backend(storage.poll_with_strategy(Ticks::every(LOOK)))
                .concurrency(1)
                .data(bench.clone())
                .build(handle)
        }),
        Db::Postgres(pool) => Monitor::new().register(move |_| {
            let config =
                PostgresConfig::default().queue(QUEUE).batch_size(1).heartbeat_interval(HEARTBEAT).missed_heartbeats(4);
            let storage = PostgresStorage::<RunTask>::new(&pool).with_config(config);
            WorkerBuilder::new(name.as_str())
                .backend(storage.poll_with_strategy(Ticks::every(LOOK)))
                .concurrency(1)
                .data(bench.clone())
                .build(handle)
        }),
    }
}

/// One task. It says only that there is something to do, and always succeeds: what became of a run stands in the run's
/// row.
async fn handle(_: RunTask, bench: Data<Bench>) {
    let (done, ended) = oneshot::channel();
    if bench.send(done).await.is_ok() {
        // An error means that the server stops.
        let _ = ended.await;
    }
}

/// Looks at every tick. Draining the stream leaves a waker behind for the next tick; the queue's own interval
/// strategy can lose it.
struct Ticks(IntervalStream);

impl Ticks {
    fn every(period: Duration) -> Self {
        let mut ticks = interval(period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self(IntervalStream::new(ticks))
    }
}

impl PollStrategy for Ticks {
    fn poll_drive(&mut self, cx: &mut Context<'_>, _: &PollSnapshot) -> Poll<Option<()>> {
        let mut ticked = false;
        while self.0.poll_next_unpin(cx).is_ready() {
            ticked = true;
        }
        if ticked { Poll::Ready(Some(())) } else { Poll::Pending }
    }
}

#[cfg(test)]
mod tests {
    use calliyo_db::runs;
    use calliyo_domain::job::{Job, Trigger};
    use tokio::{task::yield_now, time::timeout};

    use super::*;
    use crate::start;

    /// The queue drops a worker that failed, and what it waits for.
    #[tokio::test]
    async fn a_run_goes_on_without_the_worker_that_asked_for_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("worker.db").display());
        let services = start::services(start::open(&url).await.expect("opens"), false);
        let mut tx = services.db.write().await.expect("writes");
        let asked = runs::request(&mut tx, Job::TopUp, Trigger::Command, None, 5).await.expect("asks");
        let runs::Requested::New(run) = asked else { panic!("{asked:?}") };
        // The run waits for this one writer.
        let (bench, inbox) = mpsc::channel(1);
        let work = tokio::spawn({
            let services = services.clone();
            async move { carry_out(&services, inbox).await }
        });
        let worker = tokio::spawn(handle(RunTask { run }, Data::new(bench)));
        yield_now().await;
        worker.abort();
        tx.commit().await.expect("commits");
        timeout(PATIENCE, work).await.expect("ends once nobody can ask").expect("no panic");
        let run =
            runs::by_id(&mut services.db.read().await.expect("reads"), run).await.expect("reads").expect("the run");
        assert!(run.finished_at.is_some(), "{run:?}");
        services.db.close().await;
    }

    const PATIENCE: Duration = Duration::from_secs(60);
}
