use leptos::{ev::SubmitEvent, form::FromFormData, html, prelude::*, server_fn::ServerFn};

use super::{
    Edit, RenameStatus,
    editor::Editor,
    focus::{close, focus},
};
use crate::ui::{FieldProblem, described_by, from_here, reset_form};

/// Opens the name to be typed anew in its place. Enter saves, Escape and Cancel leave it as it is.
#[component]
pub fn Rename(editor: Editor, id: i64, name: Memo<String>) -> impl IntoView {
    let draft = RwSignal::new(editor.refused.with_untracked(|refused| match refused {
        Some((Edit::Rename { id: refused, name }, _)) if *refused == id => Some(name.clone()),
        _ => None,
    }));
    let open = draft.with_untracked(Option::is_some);
    let problem =
        editor.problem("name", move |edit| matches!(edit, Edit::Rename { id: refused, .. } if *refused == id));
    let form = NodeRef::<html::Form>::new();
    let (details, input) = (format!("rename-{id}"), format!("rename-{id}-name"));

    let forget = move || {
        draft.set(None);
        reset_form(form);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(RenameStatus { id, name }) = RenameStatus::from_event(&event) {
            editor.send(Edit::Rename { id, name });
        }
    };
    let escape = {
        let details = details.clone();
        move |event: web_sys::KeyboardEvent| {
            if event.key() == "Escape" {
                close(&details);
                focus(format!("rename-{id}-summary"));
            }
        }
    };
    let toggled = {
        let (details, input) = (details.clone(), input.clone());
        move |_| {
            let is_open = document().get_element_by_id(&details).is_some_and(|details| details.has_attribute("open"));
            if is_open {
                focus(input.clone());
            } else {
                forget();
                editor.refused.set(None);
            }
        }
    };

    view! {
        <details class="status-rename" id=details open=open on:toggle=toggled>
            <summary class="button" data-kind="quiet" id=format!("rename-{id}-summary")>
                <span class="when-closed">"Rename"</span>
                <span class="when-open">"Cancel"</span>
                <span class="visually-hidden">" " {name}</span>
            </summary>
            <form method="post" action=from_here(RenameStatus::url()) novalidate node_ref=form on:submit=submit on:keydown=escape>
                <input type="hidden" name="id" value=id />
                <label class="visually-hidden" for=input.clone()>
                    "New name of "
                    {name}
                </label>
                <div class="status-rename-line">
                    <input
                        id=input.clone()
                        name="name"
                        type="text"
                        required
                        autocomplete="off"
                        value=move || draft.get().unwrap_or_else(|| name.get())
                        aria-describedby={
                            let input = input.clone();
                            move || described_by(&input, false, problem.with(Option::is_some))
                        }
                        aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    />
                    <button class="button" data-kind="primary" type="submit">
                        "Save"
                    </button>
                </div>
                <FieldProblem id=input.clone() problem />
            </form>
        </details>
    }
    .into_any()
}
