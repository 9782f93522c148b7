use std::time::Duration;

use leptos::prelude::*;

/// How long after the stream has broken off pages say so, in milliseconds: most come back before.
const BROKEN: f64 = 5_000.0;

/// The server says something every four seconds: this long without a word, in milliseconds, means that nobody is there,
/// even if the connection seems to stand.
const SILENT: f64 = 9_000.0;

/// How often it is looked whether the server is there.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// From this long on, in milliseconds, the date is said too.
const LONG: f64 = 12.0 * 60.0 * 60.0 * 1000.0;

/// Whether the server is there, as far as the page can tell.
#[derive(Clone, Copy)]
pub struct Connection {
    /// When it was last heard, by the browser's clock; nothing before it was.
    heard_at: StoredValue<Option<f64>>,
    /// What the company's clocks showed then: "2026-05-11 05:58".
    clocks: StoredValue<String>,
    broken_at: StoredValue<Option<f64>>,
    /// Since when it is away, as it is to be said: "05:58", or nothing where that isn't known.
    away: RwSignal<Option<String>>,
    /// Grows when it is back.
    returns: RwSignal<u32>,
    /// How many reads have failed and are to be made again.
    failed: RwSignal<u32>,
}

impl Connection {
    pub(super) fn new() -> Self {
        Self {
            heard_at: StoredValue::new(None),
            clocks: StoredValue::default(),
            broken_at: StoredValue::new(None),
            away: RwSignal::new(None),
            returns: RwSignal::new(0),
            failed: RwSignal::new(0),
        }
    }

    /// Since when the server is away, where it is: "05:58", or empty text where that isn't known.
    pub fn away(self) -> Option<String> {
        self.away.get()
    }

    /// Grows when the server is back.
    pub fn returns(self) -> u32 {
        self.returns.get()
    }

    /// Whether something that the page asked for could not be read.
    pub fn lacks(self) -> bool {
        self.failed.get() > 0
    }

    /// Something could not be read; says so until the caller's owner is cleaned up.
    pub fn lack(self) {
        self.failed.update(|n| *n += 1);
        on_cleanup(move || {
            self.failed.try_update(|n| *n -= 1);
        });
    }

    /// The server was heard.
    pub(super) fn heard(self) {
        self.heard_at.set_value(Some(js_sys::Date::now()));
        self.broken_at.set_value(None);
        if self.away.with_untracked(Option::is_some) {
            self.away.set(None);
        }
    }

    /// The company's clocks show this.
    pub(super) fn clocks_show(self, text: &str) {
        self.clocks.set_value(text.to_owned());
    }

    /// The stream stands again.
    pub(super) fn returned(self) {
        self.returns.update(|n| *n += 1);
    }

    /// The stream has broken off, or can't be opened.
    pub(super) fn broken(self) {
        if self.broken_at.with_value(Option::is_none) {
            self.broken_at.set_value(Some(js_sys::Date::now()));
        }
    }

    /// Looks whether the server is there, while the caller listens; `silent` is called where nothing is heard though
    /// nothing has broken.
    pub(super) fn watch(self, silent: impl Fn() + 'static) {
        self.broken_at.set_value(None);
        let began = js_sys::Date::now();
        let look = move || {
            let now = js_sys::Date::now();
            let quiet = now - self.heard_at.get_value().unwrap_or(began).max(began) > SILENT;
            let broken = self.broken_at.get_value().is_some_and(|at| now - at > BROKEN);
            if quiet || broken {
                let since = self.since(now);
                if self.away.with_untracked(|away| away.as_ref() != Some(&since)) {
                    self.away.set(Some(since));
                }
            }
            if quiet && self.broken_at.with_value(Option::is_none) {
                silent();
            }
        };
        if let Ok(looking) = set_interval_with_handle(look, LOOK_EVERY) {
            on_cleanup(move || looking.clear());
        }
    }

    fn since(self, now: f64) -> String {
        let long = self.heard_at.get_value().is_some_and(|heard| now - heard > LONG);
        self.clocks.with_value(|clocks| match clocks.split_once(' ') {
            Some((_, time)) if !long => time.to_owned(),
            _ => clocks.clone(),
        })
    }
}
