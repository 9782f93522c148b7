use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Lets `/` lead to the search, unless something is being typed.
pub fn focus_on_slash(input: NodeRef<html::Input>) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
            if event.key() == "/"
                && !with_others
                && !typing()
                && let Some(input) = input.try_get_untracked().flatten()
            {
                event.prevent_default();
                // Refused only where the element is gone.
                let _ = input.focus();
                input.select();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn typing() -> bool {
    let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    focused.is_some_and(|element| {
        element.is_content_editable() || ["INPUT", "SELECT", "TEXTAREA"].contains(&element.tag_name().as_str())
    })
}
