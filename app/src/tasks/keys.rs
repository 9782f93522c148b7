use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::on_keys;

/// j and k move the focus down and up the list; Enter then opens the lead, being on its link.
pub fn move_by_keys() {
    on_keys(|event| match event.key().as_str() {
        "j" => move_focus(1),
        "k" => move_focus(-1),
        _ => {}
    });
}

/// The links are numbered. The first key goes to the first of them.
fn move_focus(step: i64) {
    let here = document().active_element().and_then(|here| here.get_attribute("data-task"));
    let next = here.and_then(|number| number.parse::<i64>().ok()).map_or(0, |number| number + step);
    let link = document().query_selector(&format!("[data-task='{next}']")).ok().flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        // Refused only where the list has changed in this very moment.
        let _ = link.focus();
    }
}
