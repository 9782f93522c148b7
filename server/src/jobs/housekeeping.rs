use std::time::Duration;

use calliyo_app::server::{Services, session};
use calliyo_db::{import_drafts, imports, queue, runs, sessions, sign_ins};
use calliyo_domain::sign_in;
use tokio::time::interval;

const EVERY: Duration = Duration::from_secs(60 * 60);

/// How long an address counts as known to an account: 90 days, in milliseconds.
const KNOWN: i64 = 90 * 24 * 60 * 60 * 1000;

/// How long the history of runs is kept: a year, in milliseconds.
const HISTORY: i64 = 366 * 24 * 60 * 60 * 1000;

/// How long a file that was brought waits for its import: a day, in milliseconds.
const DRAFT: i64 = 24 * 60 * 60 * 1000;

/// Removes what has expired: sessions, counted sign-ins, finished queue tasks, the files of ended imports and of those
/// that were left at the first step, and runs of more than a year ago.
pub async fn housekeeping(services: Services) {
    let mut ticks = interval(EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = tidy(&services).await {
            tracing::warn!(%error, "housekeeping failed and is tried again in an hour");
        }
    }
}

async fn tidy(services: &Services) -> calliyo_db::Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.write().await?;
    sessions::prune(&mut tx, now, now - session::IDLE).await?;
    sign_ins::prune(&mut tx, now - sign_in::WINDOW, now - KNOWN).await?;
    queue::prune(&mut tx).await?;
    imports::drop_contents(&mut tx).await?;
    import_drafts::prune(&mut tx, now - DRAFT).await?;
    runs::prune(&mut tx, now - HISTORY).await?;
    tx.commit().await
}
