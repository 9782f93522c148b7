use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::heal;
use crate::Fault;

/// What a page shows of `resource`, `first` to begin with: each later load that brings something else, be it that the
/// viewer may no longer see it. What stays the same isn't built anew, so that focus and selection stay.
pub fn shown<T>(resource: Resource<Result<T, Fault>>, first: Result<T, Fault>) -> RwSignal<Result<T, Fault>>
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let shown = RwSignal::new(first);
    heal(resource);
    Effect::new(move |_| match resource.get() {
        // The frame hides the page.
        Some(Err(Fault::SignedOut)) | None => {}
        // A connection that is lost for a moment takes nothing away.
        Some(Err(fault)) if fault.passes() => {}
        Some(next) => {
            if shown.with_untracked(|shown| *shown != next) {
                shown.set(next);
            }
        }
    });
    shown
}
