use calliyo_domain::call::CallStatus;
use leptos::prelude::*;

use super::{BroughtBack, Place, TypedCall, again::Again};
use crate::{
    Fault,
    ui::{parameter, with_query},
};

/// Says of a call that was posted without JavaScript and refused that it was not logged, and what was typed, where the
/// page doesn't show the form of its lead.
#[component]
pub fn NotLogged(
    /// The lead whose form the page shows.
    shown: Option<i64>,
    place: Place,
) -> impl IntoView {
    let back = BroughtBack::of_address().filter(|back| Some(back.lead) != shown);
    back.and_then(|BroughtBack { lead, typed, fault }| fault.map(|fault| said(lead, &typed, &fault, place)))
}

fn said(lead: i64, typed: &TypedCall, fault: &Fault, place: Place) -> AnyView {
    let name = if typed.lead_name.is_empty() { "another lead".to_owned() } else { typed.lead_name.clone() };
    let gone = *fault == Fault::NotFound;
    let why = if gone {
        "That lead is no longer assigned to you, or you may no longer see it.".to_owned()
    } else {
        fault.to_string()
    };
    let again = (!gone).then(|| {
        if parameter("taken").is_some() {
            return view! { <Again lead typed=typed.clone() place /> }.into_any();
        }
        let page = with_form(lead, typed);
        view! { <p><a href=page>"Open that lead with what you typed"</a></p> }.into_any()
    });
    view! {
        <div class="note not-logged" data-kind="problem" role="alert">
            <p>"Your call with " <b>{name}</b> " was not logged. " {why}</p>
            <p>{format!("What you typed for it: {}.", in_words(typed))}</p>
            {(!typed.note.is_empty()).then(|| view! { <blockquote>{typed.note.clone()}</blockquote> })}
            {again}
        </div>
    }
    .into_any()
}

/// The lead's page, its form as it was filled.
fn with_form(lead: i64, typed: &TypedCall) -> String {
    let call = serde_json::to_string(typed).unwrap_or_default();
    let brought = [("call_on", &*lead.to_string()), ("call", &call)];
    format!("{}#log-call", with_query(&Place::Lead.page(lead), &brought))
}

/// What was chosen and typed besides the note.
fn in_words(typed: &TypedCall) -> String {
    let outcome = CallStatus::from_key(&typed.status);
    let agreed = outcome.is_some_and(CallStatus::asks_for_a_date).then(|| typed.follow_up.replace('T', " "));
    let parts = [
        Some(outcome.map_or("no outcome", CallStatus::title).to_owned()),
        (!typed.duration.is_empty()).then(|| format!("duration {}", typed.duration)),
        agreed.filter(|at| !at.is_empty()).map(|at| format!("next call {at}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{TypedCall, in_words};

    #[test]
    fn what_was_typed() {
        let text = str::to_owned;
        let busy = TypedCall { status: text("busy"), follow_up: text("2026-05-12T10:00"), ..TypedCall::default() };
        let agreed = TypedCall { status: text("follow_up"), duration: text("soon"), ..busy.clone() };
        let said = [&TypedCall::default(), &busy, &agreed].map(in_words);
        assert_eq!(said, ["no outcome", "Busy", "Follow up, duration soon, next call 2026-05-12 10:00"]);
    }
}
