use std::time::Duration;

use calliyo_app::server::Services;
use tokio::time::interval;

use super::Comparer;

const EVERY: Duration = Duration::from_millis(50);

/// Looks at a clock that a test moves more often than the schedule's own tick does, so that a test of many days is
/// a short one.
pub async fn look_often(services: Services) {
    let comparer = Comparer::new(services);
    let mut ticks = interval(EVERY);
    loop {
        ticks.tick().await;
        comparer.look().await;
    }
}
