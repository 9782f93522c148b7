use std::time::Duration;

use leptos::{
    ev::{Event, SubmitEvent},
    leptos_dom::helpers::debounce,
};

/// How long after the last key what is typed is searched for.
const TYPING: Duration = Duration::from_millis(250);

/// What a form of filters does as one types in it, and as it is sent. `apply` puts what is chosen into the address; it
/// is told whether to do so in place of the last entry of the browser's history, as while one types.
pub fn filter_events(apply: impl Fn(bool) + Clone + 'static) -> (impl FnMut(Event), impl FnMut(SubmitEvent)) {
    let typed = debounce(TYPING, {
        let apply = apply.clone();
        move |_: Event| apply(true)
    });
    let sent = move |event: SubmitEvent| {
        event.prevent_default();
        apply(false);
    };
    (typed, sent)
}
