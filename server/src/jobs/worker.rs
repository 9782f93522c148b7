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
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_stream::wrappers::IntervalStream;

use super::take_next;

/// How often an idle worker looks for a task.
const LOOK: Duration = Duration::from_millis(250);

const HEARTBEAT: Duration = Duration::from_secs(5);

/// How long a worker that failed waits until it is started again: a database that refuses may do so at once.
const PAUSE: Duration = Duration::from_secs(1);

/// Works the queue until `stop`; a worker that fails is started again.
pub async fn work(services: Services, stop: impl Future<Output = ()> + Send + 'static) {
    // Unique per boot: the queue tells workers apart by their names.
    let boot: String = services.random.bytes()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let stop = stop.boxed().shared();
    for start in 0.. {
        let worker = format!("{boot}-{start}");
        if let Err(error) = work_until(stop.clone(), worker_of(&services, worker)).await {
            tracing::warn!(%error, "the job worker failed and starts again");
        }
        tokio::select! {
            () = stop.clone() => return,
            () = sleep(PAUSE) => {}
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

fn worker_of(services: &Services, name: String) -> Monitor {
    let services = services.clone();
    match services.db.clone() {
        Db::Sqlite { writer, .. } => Monitor::new().register(move |_| {
            let config =
                SqliteConfig::default().queue(QUEUE).batch_size(1).heartbeat_interval(HEARTBEAT).missed_heartbeats(4);
            let storage = SqliteStorage::<RunTask>::new(&writer).with_config(config);
            WorkerBuilder::new(name.as_str())
                .backend(storage.poll_with_strategy(Ticks::every(LOOK)))
                .concurrency(1)
                .data(services.clone())
                .build(handle)
        }),
        Db::Postgres(pool) => Monitor::new().register(move |_| {
            let config =
                PostgresConfig::default().queue(QUEUE).batch_size(1).heartbeat_interval(HEARTBEAT).missed_heartbeats(4);
            let storage = PostgresStorage::<RunTask>::new(&pool).with_config(config);
            WorkerBuilder::new(name.as_str())
                .backend(storage.poll_with_strategy(Ticks::every(LOOK)))
                .concurrency(1)
                .data(services.clone())
                .build(handle)
        }),
    }
}

/// One task. It says only that there is something to do: what waits is taken in the order it was asked for, until
/// nothing does. It always succeeds as a task; what became of a run stands in the run's row.
async fn handle(task: RunTask, services: Data<Services>) {
    loop {
        match take_next(&services).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                // Still queued or claimed: the watchman puts it back.
                tracing::error!(run = task.run, %error, "no run could be taken up");
                return;
            }
        }
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
