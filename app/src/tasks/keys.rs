use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::on_keys;

/// j and k move the focus down and up the list; Enter then opens the lead, being on its link.
pub fn move_by_keys() {
    on_keys(|key| match key {
        "j" => move_focus(1),
        "k" => move_focus(-1),
        _ => {}
    });
}

fn move_focus(step: i64) {
    let Ok(links) = document().query_selector_all("[data-task]") else { return };
    let here = document().active_element();
    let links: Vec<HtmlElement> =
        (0..links.length()).filter_map(|n| links.item(n)?.dyn_into::<HtmlElement>().ok()).collect();
    let place = links.iter().position(|link| here.as_ref() == Some(link.as_ref()));
    let next = place.map_or(0, |place| (place as i64 + step).clamp(0, links.len() as i64 - 1));
    if let Some(link) = usize::try_from(next).ok().and_then(|next| links.get(next)) {
        // Refused only where the list has changed in this very moment.
        let _ = link.focus();
    }
}
