use calliyo_domain::{
    call::{CallStatus, Direction},
    note::NOTE,
};
use leptos::prelude::*;

use super::stopwatch::Stopwatch;
use crate::{
    Fault,
    ui::{FieldProblem, as_text, described_by, focus_field},
};

/// Why a field was refused.
pub type Problem = Signal<Option<String>>;

pub fn described(id: String, has_help: bool, problem: Problem) -> impl Fn() -> Option<String> {
    move || described_by(&id, has_help, problem.with(Option::is_some))
}

pub fn invalid(problem: Problem) -> impl Fn() -> Option<&'static str> {
    move || problem.with(Option::is_some).then_some("true")
}

/// How the call went: one press. `form` begins the ids, here and below.
#[component]
pub fn Outcome(form: String, chosen: String, problem: Problem) -> impl IntoView {
    let id = format!("{form}-status");
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
        <fieldset class="field" data-kind="options" id=id.clone() aria-describedby=described(id.clone(), false, problem)>
            <legend>"How did the call go?"</legend>
            <div class="options">{options.collect_view()}</div>
            <FieldProblem id=id.clone() problem />
        </fieldset>
    }
    .into_any()
}

/// Who called whom.
#[component]
pub fn Way(form: String, chosen: String) -> impl IntoView {
    let id = format!("{form}-direction");
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
            <label for=id.clone()>"Direction"</label>
            <select id=id name="call[direction]">
                {options.collect_view()}
            </select>
        </div>
    }
}

#[component]
pub fn Duration(
    form: String,
    typed: String,
    problem: Problem,
    /// Fills the field as long as nothing is typed.
    #[prop(optional)]
    watch: Option<Stopwatch>,
) -> impl IntoView {
    let id = format!("{form}-duration");
    let help = move || match watch {
        Some(watch) if watch.runs() => "Counting since you pressed Call. Type to change it.",
        _ => "Seconds, or minutes:seconds.",
    };
    view! {
        <div class="field" data-kind="number">
            <label for=id.clone()>"Duration"</label>
            <div class="field-line">
                <input id=id.clone() name="call[duration]" type="text" value=typed placeholder="0:00"
                    aria-describedby=described(id.clone(), true, problem) aria-invalid=invalid(problem) />
            </div>
            <p class="field-help" id=format!("{id}-help")>{help}</p>
            <FieldProblem id problem />
        </div>
    }
    .into_any()
}

#[component]
pub fn Note(form: String, typed: String, problem: Problem) -> impl IntoView {
    let id = format!("{form}-note");
    view! {
        <div class="field note-field">
            <label for=id.clone()>"Note"</label>
            <textarea id=id.clone() name="call[note]" rows="2" maxlength=NOTE
                aria-describedby=described(id.clone(), false, problem)
                aria-invalid=invalid(problem)>{as_text(&typed)}</textarea>
            <FieldProblem id problem />
        </div>
    }
    .into_any()
}

/// Moves the focus to the first field to blame, of those whose ids begin with `form`.
pub fn lead_to(form: &str, fault: &Fault) {
    fault.fields().find_map(|field| focus_field(&format!("{form}-{field}")));
}
