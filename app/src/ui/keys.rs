use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent};

use super::focus_is_free;

/// Calls `pressed` with each plain key, as long as the page is there: not while somebody types, and not with a
/// modifier, which is for the browser, nor in a part that keeps its keys to itself (`data-own-keys`). Where such a part
/// is open, what is pressed elsewhere than on a field or button is taken as meant for it.
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
    let own = |element: &Element| element.closest("[data-own-keys]").is_ok_and(|part| part.is_some());
    let open = || document().query_selector("details[data-own-keys][open]").is_ok_and(|part| part.is_some());
    if target.dyn_ref::<Element>().is_some_and(own) || (focus_is_free() && open()) {
        return true;
    }
    is_typed_in(target)
}

/// Whether somebody types now.
pub fn typing() -> bool {
    document().active_element().is_some_and(|element| is_typed_in(&element))
}

fn is_typed_in(target: &EventTarget) -> bool {
    let choice = |input: &HtmlInputElement| ["radio", "checkbox"].contains(&input.type_().as_str());
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => !choice(input),
        None => target.has_type::<HtmlTextAreaElement>() || target.has_type::<HtmlSelectElement>(),
    }
}
