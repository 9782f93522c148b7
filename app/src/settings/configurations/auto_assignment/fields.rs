use leptos::prelude::*;

use super::editing::Editing;
use crate::ui::{FieldProblem, InputField, described_by};

/// The switch, the statuses and the time.
#[component]
pub fn Fields(editing: Editing) -> impl IntoView {
    let zone = editing.saved.with_untracked(|saved| saved.time_zone.clone());
    view! {
        <div class="fields">
            <Switch editing />
            <Statuses editing />
            <InputField
                id="auto-assignment-at"
                name="at"
                label="Reassign at"
                kind="time"
                help=format!(
                    "Time of day in your company's timezone ({zone}) at which it runs. Pick a time before your agents start their day.",
                )
                value=Signal::derive(move || editing.start.with(|start| start.at.clone()))
                problem=editing.problem_at("at")
            />
        </div>
    }
    .into_any()
}

#[component]
fn Switch(editing: Editing) -> impl IntoView {
    let id = "auto-assignment-enabled";
    view! {
        <div class="field" data-kind="switch">
            <input
                id=id
                type="checkbox"
                role="switch"
                name="enabled"
                value="true"
                checked=move || editing.start.with(|start| start.enabled)
                aria-describedby=format!("{id}-help")
            />
            <label for=id>"Auto lead assignment"</label>
            <p class="field-help" id=format!("{id}-help")>
                "On: runs every day at the time below. Off: runs only when somebody presses Run Now."
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn Statuses(editing: Editing) -> impl IntoView {
    let id = "auto-assignment-statuses";
    let problem = editing.problem_at("statuses");
    let boxes = editing.saved.with_untracked(|saved| saved.statuses.clone()).into_iter().map(|status| {
        view! {
            <label class="option">
                <input
                    type="checkbox"
                    name="statuses[]"
                    value=status.id
                    checked=move || editing.start.with(|start| start.statuses.contains(&status.id))
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                />
                {status.name}
            </label>
        }
    });
    view! {
        <fieldset
            class="field"
            data-kind="options"
            id=id
            aria-describedby=move || described_by(id, true, problem.with(Option::is_some))
        >
            <legend>"Auto-reassign leads with status"</legend>
            <div class="options">{boxes.collect_view()}</div>
            <p class="field-help" id=format!("{id}-help")>
                "Leads on any of these statuses may go to another agent. Typically: Unassigned, Not Picked, Missed."
            </p>
            <FieldProblem id problem />
        </fieldset>
    }
    .into_any()
}
