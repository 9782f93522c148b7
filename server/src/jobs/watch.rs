use std::time::Duration;

use calliyo_app::{live::LiveEvent, server::Services};
use calliyo_db::{queue, runs};
use tokio::time::{MissedTickBehavior, interval};

/// How often to look for abandoned runs.
const EVERY: Duration = Duration::from_secs(2);

/// Puts back on the queue what nobody has been at for a while: its server was killed, or its task was lost.
pub async fn watch(services: Services) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = put_back(&services).await {
            tracing::warn!(%error, "abandoned runs could not be looked for");
        }
    }
}

async fn put_back(services: &Services) -> calliyo_db::Result<()> {
    let now = services.clock.now();
    // Looked for without the write lock, which a run at work may hold for long.
    if runs::abandoned(&mut services.db.read().await?, now).await?.is_empty() {
        return Ok(());
    }
    let mut tx = services.db.write().await?;
    for run in runs::requeue(&mut tx, now).await? {
        tracing::warn!(run, "run was abandoned and goes back on the queue");
        queue::push(&mut tx, run).await?;
    }
    services.commit(tx, &[LiveEvent::Runs]).await
}
