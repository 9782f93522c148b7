use std::time::Duration;

use leptos::prelude::*;

use crate::live::Live;

/// The longest that a browser's timer takes, in milliseconds.
const LONGEST: i64 = i32::MAX as i64;

/// Calls `then` when the time `at` (unix ms) has come by the server's clock.
pub fn in_time(at: Memo<i64>, then: impl Fn() + Copy + 'static) {
    let live = Live::current();
    let called = RwSignal::new(0_u32);
    let then = move || {
        then();
        called.update(|n| *n += 1);
    };
    Effect::new(move |_| {
        called.track();
        let left = at.get() - live.now();
        // Until it hears the server's clock, a browser whose own is ahead asks every ten seconds.
        let left = Duration::from_millis(left.clamp(10_000, LONGEST).unsigned_abs());
        if let Ok(timer) = set_timeout_with_handle(then, left) {
            on_cleanup(move || timer.clear());
        }
    });
}
