use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    LogCall, Place, TypedCall,
    parts::{Duration, Note, Outcome, Way},
};
use crate::ui::from_here;

/// How the ids of the form's fields begin.
const FORM: &str = "again";

/// Logs a call that was refused on a lead whose page may be seen no more: what was typed, to be put right. The browser
/// posts it by itself.
#[component]
pub fn Again(lead: i64, typed: TypedCall, place: Place) -> impl IntoView {
    // What is wrong is said above it.
    let problem = Signal::stored(None);
    let form = || FORM.to_owned();
    view! {
        <form class="log-call" id=FORM method="post" action=from_here(LogCall::url()) novalidate autocomplete="off">
            <input type="hidden" name="id" value=lead />
            <input type="hidden" name="place" value=place.key() />
            <input type="hidden" name="call[lead_name]" value=typed.lead_name />
            <input type="hidden" name="call[opened_at]" value=typed.opened_at />
            <Outcome form=form() chosen=typed.status problem />
            <div class="log-call-line">
                <Way form=form() chosen=typed.direction />
                <Duration form=form() typed=typed.duration problem />
            </div>
            <Note form=form() typed=typed.note problem />
            <div class="log-call-foot">
                <button class="button" type="submit">"Log call"</button>
            </div>
        </form>
    }
    .into_any()
}
