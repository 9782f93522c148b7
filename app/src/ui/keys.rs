use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent};

/// Calls `pressed` with each plain key, as long as the page is there: not while somebody types, and not with a
/// modifier, which is for the browser, nor in a form that keeps its keys to itself (`data-own-keys`).
pub fn on_keys(pressed: impl Fn(&KeyboardEvent) + Clone + 'static) {
    Effect::new(move |_| {
        let pressed = pressed.clone();
        let keys = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
            let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
            if !modified && !event.repeat() && !event.target().is_some_and(|target| takes_text(&target)) {
                pressed(&event);
            }
        });
        on_cleanup(move || keys.remove());
    });
}

fn takes_text(target: &EventTarget) -> bool {
    let own = |element: &Element| element.closest("[data-own-keys]").is_ok_and(|form| form.is_some());
    if target.dyn_ref::<Element>().is_some_and(own) {
        return true;
    }
    let choice = |input: &HtmlInputElement| ["radio", "checkbox"].contains(&input.type_().as_str());
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => !choice(input),
        None => target.has_type::<HtmlTextAreaElement>() || target.has_type::<HtmlSelectElement>(),
    }
}
