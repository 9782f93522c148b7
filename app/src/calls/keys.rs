use calliyo_domain::call::CallStatus;
use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::{focus_is_free, on_keys};

/// The note; an address of [`super::Place::Tasks`] that ends with it begins there.
pub const AT_NOTE: &str = "#call-note";
/// The same of a follow-up's date.
pub const AT_FOLLOW_UP: &str = "#call-follow_up";

/// What the keys 1 to 7 stand for.
pub fn outcome_of_key(key: &str) -> Option<CallStatus> {
    let number = key.parse::<usize>().ok()?.checked_sub(1)?;
    CallStatus::ALL.get(number).copied()
}

/// 1 to 7 log that outcome, f chooses a follow-up and goes to its date, n goes to the note.
pub fn log_by_keys(form: NodeRef<html::Form>) {
    on_keys(move |event| match event.key().as_str() {
        "f" => to_follow_up(form),
        "n" => {
            // Else this very n would be typed. At once, since the next keys may be there already and mean outcomes.
            event.prevent_default();
            to_note(form);
        }
        key => {
            if let Some(status) = outcome_of_key(key) {
                choose(form, status);
                on(form, "[type=submit]", press);
            }
        }
    });
}

/// Begins in the field that the address ends with, unless somebody is elsewhere already.
pub fn begin_where_asked(form: NodeRef<html::Form>) {
    let location = use_location();
    Effect::new(move |_| {
        if form.get().is_none() || !focus_is_free() {
            return;
        }
        match location.hash.get_untracked().as_str() {
            AT_NOTE => to_note(form),
            AT_FOLLOW_UP => to_follow_up(form),
            _ => {}
        }
    });
}

fn to_note(form: NodeRef<html::Form>) {
    on(form, AT_NOTE, |field| field.focus().is_ok());
}

fn to_follow_up(form: NodeRef<html::Form>) {
    choose(form, CallStatus::FollowUp);
    on(form, AT_FOLLOW_UP, |field| field.focus().is_ok());
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
