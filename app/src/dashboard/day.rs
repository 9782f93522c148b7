use std::time::Duration;

use leptos::prelude::*;

use super::Dashboard;

/// Reads the dashboard again when time alone changes it: a follow-up falls due, or the company's day is over.
pub fn read_again_in_time(state: RwSignal<Dashboard>, reread: impl Fn() + Copy + 'static) {
    let changes_at = Memo::new(move |_| state.with(|state| state.changes_at));
    let asked = RwSignal::new(0_u32);
    let reread = move || {
        reread();
        asked.update(|n| *n += 1);
    };
    Effect::new(move |_| {
        asked.track();
        let left = changes_at.get() - js_sys::Date::now() as i64;
        // A browser whose clock is ahead asks every ten seconds.
        let left = Duration::from_millis(left.max(10_000).unsigned_abs());
        if let Ok(timer) = set_timeout_with_handle(reread, left) {
            on_cleanup(move || timer.clear());
        }
    });
}
