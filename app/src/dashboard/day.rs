use std::time::Duration;

use leptos::prelude::*;

use super::Dashboard;

/// Reads the dashboard again when the company's day is over: the count of calls begins anew.
pub fn read_again_tomorrow(state: RwSignal<Dashboard>, reread: impl Fn() + Copy + 'static) {
    let ends = Memo::new(move |_| state.with(|state| state.day_ends));
    Effect::new(move |_| {
        let left = ends.get() - js_sys::Date::now() as i64;
        // A browser whose clock is ahead asks once a minute.
        let left = Duration::from_millis(left.max(60_000).unsigned_abs());
        if let Ok(timer) = set_timeout_with_handle(reread, left) {
            on_cleanup(move || timer.clear());
        }
    });
}
