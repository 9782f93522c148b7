use leptos::{ev::SubmitEvent, form::FromFormData, prelude::*, server_fn::ServerFn};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::focus::focus_refusal;
use crate::Fault;

/// Posts a form by script: as the browser would, but once at a time and without leaving the page. A refusal gets the
/// focus: what it says may be out of sight.
pub fn post<F>(action: ServerAction<F>) -> impl Fn(SubmitEvent) + Copy + 'static
where
    F: ServerFn<Error = Fault> + FromFormData + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let pending = action.pending();
    // Empty on the server, where no thread but its own may drop what is wrapped.
    let sent = StoredValue::new(None::<SendWrapper<Sent>>);
    Effect::new(move |_| {
        if action.value().with(|answer| matches!(answer, Some(Err(_)))) {
            // By then the form says why.
            request_animation_frame(move || {
                if let Some(sent) = sent.try_update_value(Option::take).flatten() {
                    focus_refusal(&sent.form, sent.from.as_ref());
                }
            });
        }
    });
    move |event| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        sent.set_value(Sent::by(&event).map(SendWrapper::new));
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

/// A form under way, and what had the focus when it was sent.
struct Sent {
    form: Element,
    from: Option<Element>,
}

impl Sent {
    fn by(event: &SubmitEvent) -> Option<Self> {
        let form = event.target()?.dyn_into().ok()?;
        Some(Self { form, from: document().active_element() })
    }
}
