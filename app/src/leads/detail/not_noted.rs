use calliyo_domain::note::NOTE;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{AddNote, note_form::FORM};
use crate::{
    Fault,
    calls::Place,
    ui::{as_text, from_here, parameter, problem_of_form},
};

/// Says of a note that was posted without JavaScript and refused that it was not added, and what was typed, where the
/// lead's page may be seen no more.
#[component]
pub fn NotNoted(place: Place) -> impl IntoView {
    let lead = parameter("note_on");
    lead.and_then(|lead| problem_of_form(FORM).map(|fault| said(lead, &fault, place)))
}

fn said(lead: String, fault: &Fault, place: Place) -> AnyView {
    let typed = parameter("note").unwrap_or_default();
    let gone = *fault == Fault::NotFound;
    let (why, what) = if gone {
        let what = (!typed.is_empty()).then(|| view! { <blockquote>{typed}</blockquote> }.into_any());
        ("That lead is no longer assigned to you, or you may no longer see it.".to_owned(), what)
    } else {
        (fault.to_string(), Some(again(lead, &typed, place)))
    };
    view! {
        <div class="note not-logged" id=FORM data-kind="problem" role="alert">
            <p>"Your note was not added. " {why}</p>
            {what}
        </div>
    }
    .into_any()
}

/// What was typed, to be put right. The browser posts it by itself.
fn again(lead: String, typed: &str, place: Place) -> AnyView {
    view! {
        <form class="note-form" method="post" action=from_here(AddNote::url()) novalidate autocomplete="off">
            <input type="hidden" name="id" value=lead />
            <input type="hidden" name="place" value=place.key() />
            <input type="hidden" name="opened_at" value=parameter("opened_at") />
            <div class="field note-field">
                <label for="again-note">"Note without a call"</label>
                <textarea id="again-note" name="note" rows="2" maxlength=NOTE>{as_text(typed)}</textarea>
            </div>
            <button class="button" type="submit">"Add note"</button>
        </form>
    }
    .into_any()
}
