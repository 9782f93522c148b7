use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Whether nothing on the page holds the focus, or only the page's content as a whole, which gets it when a page begins.
pub fn focus_is_free() -> bool {
    document().active_element().is_none_or(|here| ["BODY", "MAIN"].contains(&here.tag_name().as_str()))
}

/// Gives the focus to the field with this id, which it gives; some fields are a group, whose first input takes it.
pub fn focus_field(id: &str) -> Option<Element> {
    let field = document().get_element_by_id(id)?;
    let first = field.query_selector("input").ok().flatten();
    if let Some(target) = first.as_ref().unwrap_or(&field).dyn_ref::<HtmlElement>() {
        // Refused only where the element can't take it; the message is there all the same.
        let _ = target.focus();
    }
    Some(field)
}

/// Scrolls to the element with this id, no further than it takes to see it, and without motion.
pub fn bring_into_view(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
