use std::{collections::HashMap, mem::take, time::Duration};

use calliyo_app::{live::LiveEvent, server::Services};
use calliyo_db::{
    queue,
    runs::{self, SignOfLife},
};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// How often to look for abandoned runs.
const EVERY: Duration = Duration::from_secs(2);

/// How long a run may go without a sign of life.
pub const LEASE: Duration = Duration::from_secs(10);

/// Puts back on the queue what nobody has been at for a while: its server was killed, or its task was lost.
pub async fn watch(services: Services) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut watchman = Watchman::default();
    loop {
        ticks.tick().await;
        if let Err(error) = put_back(&services, &mut watchman).await {
            tracing::warn!(%error, "abandoned runs could not be looked for");
        }
    }
}

async fn put_back(services: &Services, watchman: &mut Watchman) -> calliyo_db::Result<()> {
    // Looked for without the write lock, which a run at work may hold for long.
    let open = runs::open(&mut services.db.read().await?).await?;
    let abandoned = watchman.abandoned(open, Instant::now());
    if abandoned.is_empty() {
        return Ok(());
    }
    let mut tx = services.db.write().await?;
    for last in abandoned {
        if runs::put_back(&mut tx, last, services.clock.now()).await? {
            tracing::warn!(run = last.run, "run was abandoned and goes back on the queue");
            queue::push(&mut tx, last.run).await?;
        }
    }
    services.commit(tx, &[LiveEvent::Runs]).await
}

/// Remembers since when each open run has shown no new sign of life. By its own steady clock: the times in the
/// database come from several servers, whose clocks may differ or be set.
#[derive(Default)]
struct Watchman {
    seen: HashMap<i64, (SignOfLife, Instant)>,
}

impl Watchman {
    /// Those of the open runs that have been silent for [`LEASE`], oldest first.
    fn abandoned(&mut self, open: Vec<SignOfLife>, now: Instant) -> Vec<SignOfLife> {
        let mut known = take(&mut self.seen);
        let mut silent = Vec::new();
        for sign in open {
            let since = known.remove(&sign.run).filter(|(last, _)| *last == sign).map_or(now, |(_, since)| since);
            if now - since >= LEASE {
                silent.push(sign);
            }
            self.seen.insert(sign.run, (sign, since));
        }
        silent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(run: i64, fence: i64, heartbeat_at: i64) -> SignOfLife {
        SignOfLife { run, fence, heartbeat_at }
    }

    #[test]
    fn a_run_without_a_new_sign_of_life_is_abandoned_whatever_the_clocks_say() {
        let mut watchman = Watchman::default();
        let start = Instant::now();
        assert_eq!(watchman.abandoned(vec![sign(1, 1, 0), sign(2, 0, i64::MAX)], start), [], "however old it looks");
        assert_eq!(watchman.abandoned(vec![sign(1, 1, 0), sign(2, 0, 7)], start + LEASE / 2), []);
        assert_eq!(watchman.abandoned(vec![sign(1, 1, 0), sign(2, 0, 7)], start + LEASE), [sign(1, 1, 0)]);
        assert_eq!(watchman.abandoned(vec![sign(1, 1, 9), sign(2, 1, 7)], start + 2 * LEASE), [], "both showed life");
        assert_eq!(watchman.abandoned(vec![], start + 3 * LEASE), [], "both ended");
        assert_eq!(watchman.abandoned(vec![sign(1, 1, 9)], start + 4 * LEASE), [], "nothing is known of it any more");
    }
}
