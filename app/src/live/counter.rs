use std::time::Duration;

use leptos::prelude::*;

/// A counter grows at once, but then not again before this many milliseconds have gone: in a large team a call is logged
/// each moment, and each time every open page would be read again.
const GAP: f64 = 700.0;

/// Grows with what the server says, which may come faster than pages should be read.
#[derive(Clone, Copy)]
pub struct Counter {
    count: RwSignal<u32>,
    /// How often it was to grow, at once or later.
    heard: StoredValue<u32>,
    grew_at: StoredValue<f64>,
    waits: StoredValue<bool>,
}

impl Counter {
    pub fn new() -> Self {
        Self {
            count: RwSignal::new(0),
            heard: StoredValue::new(0),
            grew_at: StoredValue::new(0.0),
            waits: StoredValue::new(false),
        }
    }

    pub fn get(self) -> u32 {
        self.count.get()
    }

    /// How often it was to grow until now, before the gap has gone too.
    pub fn heard(self) -> u32 {
        self.heard.get_value()
    }

    /// Grows now, or as soon as the gap has gone; what is said meanwhile is part of that.
    pub fn grow(self) {
        self.heard.update_value(|n| *n += 1);
        let left = self.grew_at.get_value() + GAP - js_sys::Date::now();
        if left <= 0.0 {
            self.grow_now();
        } else if !self.waits.get_value() {
            self.waits.set_value(true);
            // A clock that was set back must not hold it up.
            set_timeout(move || self.grow_now(), Duration::from_millis(left.min(GAP) as u64));
        }
    }

    fn grow_now(self) {
        self.waits.try_set_value(false);
        self.grew_at.try_set_value(js_sys::Date::now());
        self.count.try_update(|n| *n += 1);
    }
}
