use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::CallOptions;

/// When something was read, in unix milliseconds by the server's clock. It says nothing of what was read, which is the
/// same at any time.
#[derive(Clone, Copy, Debug, Eq, Serialize, Deserialize)]
pub struct Opened(pub i64);

impl PartialEq for Opened {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// When the lead was last shown to who looks at its page, where the form of `options` stands: as of the page's `latest`
/// load that shows it.
pub fn last_shown(options: &CallOptions, latest: Signal<Option<CallOptions>>) -> ReadSignal<i64> {
    let (lead, Opened(first)) = (options.lead, options.opened_at);
    let (shown, set_shown) = signal(first);
    Effect::new(move |_| {
        if let Some(latest) = latest.get().filter(|latest| latest.lead == lead) {
            set_shown.set(latest.opened_at.0);
        }
    });
    shown
}
