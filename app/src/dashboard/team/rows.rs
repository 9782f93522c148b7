use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::focus_is_free;

/// The `ids` as `body` shows them. A browser takes the focus from what is moved on the page: the row that has it gets it
/// back where a new order has moved it.
pub fn keeping_focus(ids: Memo<Vec<i64>>, body: NodeRef<html::Tbody>) -> RwSignal<Vec<i64>> {
    let shown = RwSignal::new(ids.get_untracked());
    Effect::new(move |_| {
        let next = ids.get();
        if shown.with_untracked(|shown| *shown == next) {
            return;
        }
        let focused = focused_in(body);
        shown.set(next);
        if let Some(focused) = focused {
            request_animation_frame(move || {
                if focus_is_free() {
                    // Refused only where its row is gone.
                    let _ = focused.focus();
                }
            });
        }
    });
    shown
}

/// What has the focus, if it is inside of `body`.
fn focused_in(body: NodeRef<html::Tbody>) -> Option<HtmlElement> {
    let here = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    body.get_untracked()?.contains(Some(&here)).then_some(here)
}
