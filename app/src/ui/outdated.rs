use leptos::prelude::*;

use crate::{Fault, live::Live};

/// Whether leads changed since the list was read, or which of them may be seen. It isn't read again unasked: rows would move under the hand.
pub fn outdated<T: Send + Sync + 'static>(page: Resource<Result<T, Fault>>) -> RwSignal<bool> {
    let live = Live::current();
    let outdated = RwSignal::new(false);
    Effect::new(move |before: Option<u32>| {
        let now = live.leads() + live.visibility();
        if before.is_some_and(|before| before != now) {
            outdated.set(true);
        }
        now
    });
    Effect::new(move |_| {
        page.track();
        outdated.set(false);
    });
    outdated
}
