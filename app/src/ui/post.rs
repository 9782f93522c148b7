use leptos::{ev::SubmitEvent, form::FromFormData, prelude::*, server_fn::ServerFn};

use crate::Fault;

/// Posts a form by script: as the browser would, but once at a time and without leaving the page.
pub fn post<F>(action: ServerAction<F>) -> impl Fn(SubmitEvent) + Copy + 'static
where
    F: ServerFn<Error = Fault> + FromFormData + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let pending = action.pending();
    move |event| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        match F::from_event(&event) {
            Ok(form) => {
                action.dispatch(form);
            }
            Err(error) => {
                leptos::logging::error!("the form can't be read: {error}");
                action.value().set(Some(Err(Fault::Unavailable)));
            }
        }
    }
}
