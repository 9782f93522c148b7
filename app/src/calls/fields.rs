use calliyo_domain::call::{CallStatus, Direction};
use leptos::prelude::*;

use super::{CallOptions, TypedCall};
use crate::{
    Fault,
    ui::{FieldProblem, described_by},
};

/// The form's fields, filled with what was typed before. The style shows the date only where the status asks for one.
#[component]
pub fn Fields(options: CallOptions, typed: TypedCall, refusal: RwSignal<Option<Fault>>) -> impl IntoView {
    let problem = move |field: &'static str| {
        Signal::derive(move || {
            refusal.with(|fault| fault.as_ref().filter(|fault| fault.field() == Some(field)).map(ToString::to_string))
        })
    };
    let follow_up = if typed.follow_up.is_empty() { options.follow_up.clone() } else { typed.follow_up.clone() };
    let zone = format!("Company time, {}.", options.time_zone);
    view! {
        <Outcome chosen=typed.status.clone() problem=problem("status") />
        <div class="field follow-up-field">
            <label for="call-follow_up">"Next call at"</label>
            <div class="field-line">
                <input id="call-follow_up" name="call[follow_up]" type="datetime-local" value=follow_up
                    aria-describedby=described("follow_up", true, problem("follow_up"))
                    aria-invalid=invalid(problem("follow_up")) />
            </div>
            <p class="field-help" id="call-follow_up-help">{zone}</p>
            <FieldProblem id="call-follow_up" problem=problem("follow_up") />
        </div>
        <div class="log-call-line">
            <Way chosen=typed.direction.clone() />
            <div class="field" data-kind="number">
                <label for="call-duration">"Duration"</label>
                <div class="field-line">
                    <input id="call-duration" name="call[duration]" type="text" value=typed.duration.clone() placeholder="0:00"
                        aria-describedby=described("duration", true, problem("duration"))
                        aria-invalid=invalid(problem("duration")) />
                </div>
                <p class="field-help" id="call-duration-help">"Seconds, or minutes:seconds."</p>
                <FieldProblem id="call-duration" problem=problem("duration") />
            </div>
            <NewStatus options chosen=typed.lead_status.clone() problem=problem("lead_status") />
        </div>
        <div class="field note-field">
            <label for="call-note">"Note"</label>
            <textarea id="call-note" name="call[note]" rows="2" maxlength="2000"
                aria-describedby=described("note", false, problem("note"))
                aria-invalid=invalid(problem("note"))>{in_textarea(&typed.note)}</textarea>
            <FieldProblem id="call-note" problem=problem("note") />
        </div>
    }
    .into_any()
}

/// What the server writes into a textarea, leptos writes as it is: it has to be escaped here. The browser makes a text
/// of it, which needs nothing.
fn in_textarea(text: &str) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text.to_owned() }
}

fn described(field: &'static str, has_help: bool, problem: Signal<Option<String>>) -> impl Fn() -> Option<String> {
    move || described_by(&format!("call-{field}"), has_help, problem.with(Option::is_some))
}

fn invalid(problem: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> {
    move || problem.with(Option::is_some).then_some("true")
}

/// How the call went: one press.
#[component]
fn Outcome(chosen: String, problem: Signal<Option<String>>) -> impl IntoView {
    let options = CallStatus::ALL.map(|status| {
        let checked = chosen == status.key();
        view! {
            <label class="option">
                <input type="radio" name="call[status]" value=status.key() checked=checked />
                {status.title()}
            </label>
        }
    });
    view! {
        <fieldset class="field" data-kind="options" id="call-status" aria-describedby=described("status", false, problem)>
            <legend>"How did the call go?"</legend>
            <div class="options">{options.collect_view()}</div>
            <FieldProblem id="call-status" problem />
        </fieldset>
    }
    .into_any()
}

#[component]
fn Way(chosen: String) -> impl IntoView {
    let options = Direction::ALL.map(|direction| {
        let selected = chosen == direction.key();
        view! {
            <option value=direction.key() selected=selected>
                {direction.title()}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for="call-direction">"Direction"</label>
            <select id="call-direction" name="call[direction]">
                {options.collect_view()}
            </select>
        </div>
    }
}

#[component]
fn NewStatus(options: CallOptions, chosen: String, problem: Signal<Option<String>>) -> impl IntoView {
    let as_it_is = format!("Leave it ({})", options.status);
    let choices = options.statuses.into_iter().map(|status| {
        let selected = chosen == status.id.to_string();
        view! {
            <option value=status.id selected=selected>
                {status.name}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for="call-lead_status">"Lead's status"</label>
            <select id="call-lead_status" name="call[lead_status]"
                aria-describedby=described("lead_status", false, problem) aria-invalid=invalid(problem)>
                <option value="">{as_it_is}</option>
                {choices.collect_view()}
            </select>
            <FieldProblem id="call-lead_status" problem />
        </div>
    }
    .into_any()
}
