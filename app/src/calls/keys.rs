use calliyo_domain::call::CallStatus;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::on_keys;

/// 1 to 7 log that outcome, f chooses a follow-up and goes to its date, n goes to the note.
pub fn log_by_keys(form: NodeRef<html::Form>) {
    on_keys(move |event| match event.key().as_str() {
        "f" => {
            choose(form, CallStatus::FollowUp);
            on(form, "#call-follow_up", |field| field.focus().is_ok());
        }
        // In the next moment: else this very n would be typed.
        "n" => request_animation_frame(move || on(form, "#call-note", |field| field.focus().is_ok())),
        _ => {
            let number = event.key().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            if let Some(status) = number.and_then(|n| CallStatus::ALL.get(n)) {
                choose(form, *status);
                on(form, "[type=submit]", press);
            }
        }
    });
}

fn choose(form: NodeRef<html::Form>, status: CallStatus) {
    on(form, &format!("[value={}]", status.key()), press);
}

fn press(element: &HtmlElement) -> bool {
    element.click();
    true
}

/// Does something with a part of the form, where it is there.
fn on(form: NodeRef<html::Form>, part: &str, act: impl Fn(&HtmlElement) -> bool) {
    let part = form.get_untracked().and_then(|form| form.query_selector(part).ok().flatten());
    if let Some(part) = part.and_then(|part| part.dyn_into::<HtmlElement>().ok())
        && !act(&part)
    {
        leptos::logging::warn!("a part of the form didn't take the key");
    }
}
