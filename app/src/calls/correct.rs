use calliyo_domain::call::CallStatus;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    CorrectCall, CorrectedCall, Place, TypedCall,
    parts::{Duration, Note, Outcome, Way, lead_to},
};
use crate::ui::{FaultNote, Refusal, SubmitButton, from_here, json_parameter, post, problem_of_form};

/// Opens a form that puts the call `id` right, which says `says` as yet. It posts by itself where there is no
/// JavaScript.
#[component]
pub fn CorrectCallForm(
    id: i64,
    says: TypedCall,
    lead: i64,
    place: Place,
    /// Called when it was put right.
    corrected: impl Fn(CorrectedCall) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let form = format!("correct-{id}");
    let open = problem_of_form(&form).is_some();
    let what = what(&says);
    let typed = if open { json_parameter("call").unwrap_or(says) } else { says };
    let correct = ServerAction::<CorrectCall>::new();
    let refusal = Refusal::of_form(&form, correct.value().into());
    let problem = |field| refusal.at(field);
    Effect::new(move |_| match correct.value().get() {
        Some(Ok(call)) => corrected(call),
        Some(Err(fault)) => lead_to(&format!("correct-{id}"), &fault),
        None => {}
    });
    view! {
        <details class="correct-call" id=form.clone() open=open data-own-keys>
            <summary class="button" data-kind="quiet">
                "Correct"
                <span class="visually-hidden">" the call: " {what}</span>
            </summary>
            <form class="log-call" method="post" action=from_here(CorrectCall::url()) novalidate autocomplete="off"
                on:submit=post(correct)>
                <p class="field-help">
                    "What the log says of this call, and what is counted. The lead's status and the next call stay as they are."
                </p>
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="place" value=place.key() />
                <input type="hidden" name="lead" value=lead />
                <Outcome form=form.clone() chosen=typed.status problem=problem("status") />
                <div class="log-call-line">
                    <Way form=form.clone() chosen=typed.direction />
                    <Duration form=form.clone() typed=typed.duration problem=problem("duration") />
                </div>
                <Note form=form.clone() typed=typed.note problem=problem("note") />
                <div class="log-call-foot">
                    <SubmitButton label="Save correction" busy="Saving…" pending=correct.pending() />
                </div>
                {move || refusal.elsewhere(&["status", "duration", "note"]).map(|fault| view! { <FaultNote fault /> })}
            </form>
        </details>
    }
    .into_any()
}

/// Tells the button from those of other calls.
fn what(says: &TypedCall) -> String {
    let status = CallStatus::from_key(&says.status).map_or("", CallStatus::title);
    format!("{status} {}", says.duration)
}
