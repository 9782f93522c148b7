//! The tabs of one browser tell one another who is signed in: they share the cookie.

use std::time::Duration;

use leptos::{ev, prelude::*};
use web_sys::{Event, PageTransitionEvent, StorageEvent};

use super::{Session, session::Standing};

/// Its name in the browser's storage. Whoever writes there is heard by all other tabs.
pub const TOLD: &str = "calliyo-signed-in";

/// How often a page whose session has ended asks whether it is back, where no other tab says so. The first time it asks
/// soon: who signs in over somebody else's session has the new one a moment after that ended.
const ASK_EVERY: Duration = Duration::from_secs(10);
const ASK_SOON: Duration = Duration::from_secs(1);

/// Tells the other tabs who is signed in here, and asks anew as soon as one of them says something else.
pub fn keep_in_step(session: Session) {
    let id = Memo::new(move |_| session.viewer().map(|viewer| viewer.id));
    let here = Memo::new(move |_| match session.standing() {
        Standing::Open => session.visitor().map(|_| id.get().map_or_else(String::new, |id| id.to_string())),
        Standing::Ended => Some(String::new()),
        // Its own tab has said so.
        Standing::Others(_) => None,
    });
    Effect::new(move |_| {
        if let Some(here) = here.get() {
            tell(&here);
        }
    });
    Effect::new(move |_| {
        let told = window_event_listener(ev::storage, move |event: StorageEvent| {
            let said = event.new_value().filter(|_| event.key().as_deref() == Some(TOLD));
            if let Some(said) = said {
                let there = said.split('.').next().unwrap_or_default();
                if !session.is_open() || here.get_untracked().as_deref() != Some(there) {
                    session.check();
                }
            }
        });
        let seen = window_event_listener(ev::Custom::<Event>::new("visibilitychange"), move |_| {
            if !session.is_open() && !document().hidden() {
                session.check();
            }
        });
        // Back and Forward may show a page as it was left.
        let pageshow = ev::Custom::<PageTransitionEvent>::new("pageshow");
        let shown = window_event_listener(pageshow, move |event: PageTransitionEvent| {
            if event.persisted() {
                session.check();
            }
        });
        on_cleanup(move || {
            told.remove();
            seen.remove();
            shown.remove();
        });
    });
    Effect::new(move |_| {
        if session.standing() != Standing::Ended {
            return;
        }
        if let Ok(soon) = set_timeout_with_handle(move || session.check(), ASK_SOON) {
            on_cleanup(move || soon.clear());
        }
        if let Ok(asking) = set_interval_with_handle(move || session.check(), ASK_EVERY) {
            on_cleanup(move || asking.clear());
        }
    });
}

/// The time makes it another word each time, since only changes are heard.
fn tell(who: &str) {
    let said = format!("{who}.{}", js_sys::Date::now());
    // Where a browser keeps nothing, the live stream tells.
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(TOLD, &said);
    }
}
