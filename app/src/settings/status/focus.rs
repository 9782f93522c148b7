//! Where the focus goes when what had it moves or goes away. Elements are found by their ids once the page shows the
//! new state.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Gives the focus to the element `id`.
pub fn focus(id: String) {
    request_animation_frame(move || {
        if let Some(element) = element(&id) {
            // Refused only where the element can't take it.
            let _ = element.focus();
        }
    });
}

/// Runs `change`, which may move elements about, and leaves the focus where it was.
pub fn keep_focus(change: impl FnOnce()) {
    let before = document().active_element().map(|element: Element| element.id()).filter(|id| !id.is_empty());
    change();
    let Some(id) = before else { return };
    request_animation_frame(move || {
        // A moved element loses the focus to the body.
        let lost = document().active_element().is_none_or(|now| now.tag_name() == "BODY");
        if lost && let Some(element) = element(&id) {
            let _ = element.focus();
        }
    });
}

/// Closes the disclosure `id`.
pub fn close(id: &str) {
    if let Some(Err(error)) = element(id).map(|details| details.remove_attribute("open")) {
        leptos::logging::warn!("{id} can't be closed: {error:?}");
    }
}
