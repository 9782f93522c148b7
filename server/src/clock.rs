use std::time::{SystemTime, UNIX_EPOCH};

use calliyo_domain::clock::Clock;

/// The system's clock: the one place that reads it.
#[must_use]
pub fn system() -> Clock {
    Clock::new(|| {
        #[expect(clippy::disallowed_methods, reason = "this is the one place")]
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
    })
}
