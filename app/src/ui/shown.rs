use leptos::prelude::*;

use crate::{Fault, sign_in::Session};

/// What a page shows of `resource`, `first` to begin with: each later load that brings something else, be it that the
/// viewer may no longer see it. What stays the same isn't built anew, so that focus and selection stay.
pub fn shown<T>(resource: Resource<Result<T, Fault>>, first: Result<T, Fault>) -> RwSignal<Result<T, Fault>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let session = Session::current();
    let shown = RwSignal::new(first);
    Effect::new(move |_| match resource.get() {
        // The frame says so; what was read before its end stays readable.
        Some(Err(Fault::SignedOut)) => session.has_ended(),
        // A connection that is lost for a moment takes nothing away.
        Some(Err(Fault::Unreachable | Fault::Unavailable)) | None => {}
        Some(next) => {
            session.goes_on();
            if shown.with_untracked(|shown| *shown != next) {
                shown.set(next);
            }
        }
    });
    shown
}
