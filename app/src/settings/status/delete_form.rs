use calliyo_domain::status::{UNASSIGNED, may_take_in};
use leptos::{ev::SubmitEvent, form::FromFormData, prelude::*, server_fn::ServerFn};

use super::{DeleteStatus, Edit, change::titles, editor::Editor};
use crate::ui::{FaultNote, FieldProblem, count, described_by, from_here};

/// Where the form stands: in the dialog, or in its row for those who have no JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Dialog,
    Row,
}

/// What deleting the status `id` does, where its leads go, and Delete.
#[component]
pub fn DeleteForm(editor: Editor, id: i64, place: Place) -> impl IntoView {
    let row = editor.row(id);
    let prefix = match place {
        Place::Dialog => "dialog".to_owned(),
        Place::Row => format!("delete-{id}"),
    };
    let leads = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.leads).unwrap_or(0)));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(DeleteStatus { id, to }) = DeleteStatus::from_event(&event)
            && !editor.pending().get_untracked()
        {
            editor.send(Edit::Delete { id, to });
        }
    };
    let fault = move || {
        let refused = editor.refused.get().filter(|(edit, fault)| is_of(edit, id) && fault.field() != Some("to"));
        refused.map(|(_, fault)| view! { <FaultNote fault /> })
    };
    let selected = move || {
        let sections = row.with(|row| row.as_ref().map(|row| row.selected_in.clone()).unwrap_or_default());
        (!sections.is_empty())
            .then(|| view! { <p>{format!("It is selected in {} and is taken out there.", titles(&sections))}</p> })
    };
    view! {
        <form class="status-delete-form" method="post" action=from_here(DeleteStatus::url()) novalidate on:submit=submit>
            <input type="hidden" name="id" value=id />
            <p>{move || row.with(|row| row.as_ref().map(|row| sentence(&row.name, row.leads.unwrap_or(0))))}</p>
            <Show when=move || { leads.get() > 0 }>
                <Home editor id prefix=prefix.clone() />
            </Show>
            {selected}
            {fault}
            <div class="dialog-buttons">
                {(place == Place::Dialog).then(|| view! {
                    <button class="button" type="button" on:click=move |_| editor.deleting.set(None)>
                        "Cancel"
                    </button>
                })}
                <button class="button" data-kind="danger" type="submit">
                    {move || if leads.get() > 0 { "Move leads and delete" } else { "Delete status" }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn is_of(edit: &Edit, id: i64) -> bool {
    matches!(edit, Edit::Delete { id: refused, .. } if *refused == id)
}

fn sentence(name: &str, leads: u64) -> String {
    match leads {
        0 => format!("No lead is on {name}."),
        1 => format!("1 lead is on {name}. It moves to the status you choose, with a note on its timeline."),
        n => format!(
            "{} are on {name}. They move to the status you choose, each with a note on its timeline.",
            count(n, "lead")
        ),
    }
}

/// The choice of the status that the leads go to.
#[component]
fn Home(editor: Editor, id: i64, prefix: String) -> impl IntoView {
    let field = format!("{prefix}-to");
    let problem = editor.problem("to", move |edit| is_of(edit, id));
    let chosen = editor.refused.with_untracked(|refused| match refused {
        Some((Edit::Delete { id: refused, to }, _)) if *refused == id => to.clone(),
        _ => String::new(),
    });
    let homes = move || {
        editor.pipeline.with(|pipeline| {
            let others = pipeline.statuses.iter().filter(|row| row.id != id && may_take_in(row.id));
            others.map(|row| (row.id, row.name.clone())).collect::<Vec<_>>()
        })
    };
    let option = move |(id, name): (i64, String)| {
        let label = if id == UNASSIGNED { format!("{name} (their owners lose them)") } else { name };
        view! {
            <option value=id selected=chosen == id.to_string()>
                {label}
            </option>
        }
    };
    let described = {
        let field = field.clone();
        move || described_by(&field, false, problem.with(Option::is_some))
    };
    view! {
        <div class="field">
            <label for=field.clone()>"Move its leads to"</label>
            <select
                id=field.clone()
                name="to"
                required
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
            >
                <option value="">"Choose a status"</option>
                <For each=homes key=Clone::clone children=option />
            </select>
            <FieldProblem id=field.clone() problem />
        </div>
    }
    .into_any()
}
