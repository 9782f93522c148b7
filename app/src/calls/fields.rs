use leptos::prelude::*;

use super::{
    CallOptions, TypedCall,
    parts::{Duration, Note, Outcome, Problem, Way, described, invalid},
    stopwatch::Stopwatch,
};
use crate::ui::{FieldProblem, Refusal, company_time};

/// The fields, by name.
pub const FIELDS: [&str; 5] = ["status", "follow_up", "duration", "lead_status", "note"];

/// How the ids of the form's fields begin.
const FORM: &str = "call";

/// The form's fields, filled with what was typed before. The style shows the date only where the status asks for one.
#[component]
pub fn Fields(
    options: CallOptions,
    /// The lead's status as it is now, where that is known.
    status: Signal<Option<(i64, String)>>,
    /// IANA name of the company's zone as it is now.
    time_zone: Signal<String>,
    /// The zone that the form is made under.
    made: RwSignal<String>,
    typed: TypedCall,
    refusal: Refusal,
    watch: Stopwatch,
) -> impl IntoView {
    let problem = |field| refusal.at(field);
    let follow_up = if typed.follow_up.is_empty() { options.follow_up.clone() } else { typed.follow_up.clone() };
    let zone = company_time(time_zone, made);
    view! {
        <Outcome form=FORM.to_owned() chosen=typed.status problem=problem("status") />
        <div class="field follow-up-field">
            <label for="call-follow_up">"Next call at"</label>
            <div class="field-line">
                <input id="call-follow_up" name="call[follow_up]" type="datetime-local" value=follow_up
                    aria-describedby=described("call-follow_up".to_owned(), true, problem("follow_up"))
                    aria-invalid=invalid(problem("follow_up")) />
            </div>
            <p class="field-help" id="call-follow_up-help">{zone}</p>
            <FieldProblem id="call-follow_up" problem=problem("follow_up") />
        </div>
        <div class="log-call-line">
            <Way form=FORM.to_owned() chosen=typed.direction />
            <Duration form=FORM.to_owned() typed=typed.duration problem=problem("duration") watch />
            <NewStatus options status chosen=typed.lead_status problem=problem("lead_status") />
        </div>
        <Note form=FORM.to_owned() typed=typed.note problem=problem("note") />
    }
    .into_any()
}

#[component]
fn NewStatus(
    options: CallOptions,
    status: Signal<Option<(i64, String)>>,
    chosen: String,
    problem: Problem,
) -> impl IntoView {
    let as_it_is = move || match status.get() {
        Some((_, name)) => format!("Leave it ({name})"),
        None => "Leave it as it is".to_owned(),
    };
    // Who chooses has seen what the lead is by then.
    let seen = RwSignal::new(options.status_id);
    let see = move |_| {
        if let Some((now, _)) = status.get_untracked() {
            seen.set(now);
        }
    };
    let choices = options.statuses.into_iter().map(|status| {
        let selected = chosen == status.id.to_string();
        view! {
            <option value=status.id selected=selected>
                {status.name}
            </option>
        }
    });
    view! {
        <input type="hidden" name="call[seen_status]" value=move || seen.get() />
        <div class="field">
            <label for="call-lead_status">"Lead's status"</label>
            <select id="call-lead_status" name="call[lead_status]" on:change=see
                aria-describedby=described("call-lead_status".to_owned(), false, problem) aria-invalid=invalid(problem)>
                <option value="">{as_it_is}</option>
                {choices.collect_view()}
            </select>
            <FieldProblem id="call-lead_status" problem />
        </div>
    }
    .into_any()
}
