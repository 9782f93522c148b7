use leptos::prelude::*;

/// Whether nothing on the page holds the focus, or only the page's content as a whole, which gets it when a page begins.
pub fn focus_is_free() -> bool {
    document().active_element().is_none_or(|here| ["BODY", "MAIN"].contains(&here.tag_name().as_str()))
}
