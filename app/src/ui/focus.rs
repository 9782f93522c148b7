use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::typing;

/// Whether nothing on the page holds the focus, or only the page's content as a whole, which gets it when a page begins.
pub fn focus_is_free() -> bool {
    document().active_element().is_none_or(|here| ["BODY", "MAIN"].contains(&here.tag_name().as_str()))
}

/// Gives the focus to the field with this id, which it gives; some fields are a group, whose first input takes it.
pub fn focus_field(id: &str) -> Option<Element> {
    let field = document().get_element_by_id(id)?;
    focus_in(&field);
    Some(field)
}

/// Leads to why `form` was refused: to the first field that is to blame, or else to the message. Who has gone elsewhere
/// since `sent_from` had the focus stays there, and who types is only called back for a field.
pub(super) fn focus_refusal(form: &Element, sent_from: Option<&Element>) {
    let here = document().active_element();
    if here.as_ref() != sent_from && !focus_is_free() {
        return;
    }
    let Ok(Some(reason)) = form.query_selector("[aria-invalid=true], [role=alert]") else { return };
    // The message of a group of fields stands in it.
    let group = reason.closest("fieldset").ok().flatten();
    if reason.has_attribute("aria-invalid") {
        focus_in(&reason);
    } else if let Some(group) = group {
        focus_in(&group);
    } else if let Some(message) = reason.dyn_ref::<HtmlElement>().filter(|_| !typing()) {
        message.set_tab_index(-1);
        // Refused only where the element is gone.
        let _ = message.focus();
    }
}

fn focus_in(field: &Element) {
    let first = field.query_selector("input").ok().flatten();
    if let Some(target) = first.as_ref().unwrap_or(field).dyn_ref::<HtmlElement>() {
        // Refused only where the element can't take it; the message is there all the same.
        let _ = target.focus();
    }
}

/// Scrolls to the element with this id, no further than it takes to see it, and without motion.
pub fn bring_into_view(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
