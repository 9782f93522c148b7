use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::heal;
use crate::Fault;

/// Calls `hear` with each later load of `resource`. A load that fails changes nothing on the page; the frame hides it
/// where the session has ended.
pub fn follow<T>(resource: Resource<Result<T, Fault>>, hear: impl Fn(T) + 'static)
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    heal(resource);
    Effect::new(move |_| {
        if let Some(Ok(loaded)) = resource.get() {
            hear(loaded);
        }
    });
}

/// What `resource` holds, `first` to begin with: each later load that brings something else.
pub fn followed<T>(first: T, resource: Resource<Result<T, Fault>>) -> RwSignal<T>
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let state = RwSignal::new(first);
    follow(resource, move |next| {
        if state.with_untracked(|state| *state != next) {
            state.set(next);
        }
    });
    state
}

/// What `source` gives, except while a form that shows it is `touched`: then it stays under what is typed.
pub fn follow_untouched<T>(source: Signal<T>, touched: RwSignal<bool>) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let shown = RwSignal::new(source.get_untracked());
    Effect::new(move |_| {
        let next = source.get();
        if !touched.get() && shown.with_untracked(|shown| *shown != next) {
            shown.set(next);
        }
    });
    shown
}
