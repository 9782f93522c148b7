use leptos::prelude::*;

use crate::{Fault, live::Live};

/// Whether leads changed since the list was read, or the statuses that they are on, or which of them may be seen. It isn't
/// read again unasked: rows would move under the hand.
pub fn outdated<T: Send + Sync + 'static>(page: Resource<Result<T, Fault>>) -> RwSignal<bool> {
    let live = Live::current();
    let outdated = RwSignal::new(false);
    // What was heard before the list came is in it, though it may count later.
    let listed = StoredValue::new(0);
    Effect::new(move |before: Option<(u32, u32)>| {
        let now = (live.leads(), live.visibility() + live.pipeline());
        if let Some((leads, others)) = before
            && ((leads != now.0 && live.leads_heard() > listed.get_value()) || others != now.1)
        {
            outdated.set(true);
        }
        now
    });
    Effect::new(move |_| {
        page.track();
        listed.set_value(live.leads_heard());
        outdated.set(false);
    });
    outdated
}
