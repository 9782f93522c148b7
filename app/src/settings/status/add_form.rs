use leptos::{ev::SubmitEvent, form::FromFormData, html, prelude::*, server_fn::ServerFn};

use super::{AddStatus, Edit, editor::Editor, focus::focus};
use crate::ui::{InputField, from_here, reset_form};

/// Adds a status at the end of the pipeline.
#[component]
pub fn AddForm(editor: Editor) -> impl IntoView {
    let draft = RwSignal::new(editor.refused.with_untracked(|refused| match refused {
        Some((Edit::Add { name, on_queue }, _)) => (name.clone(), *on_queue),
        _ => (String::new(), false),
    }));
    let problem = editor.problem("name", |edit| matches!(edit, Edit::Add { .. }));
    let form = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(AddStatus { name, on_queue }) = AddStatus::from_event(&event)
            && !editor.pending().get_untracked()
        {
            editor.send(Edit::Add { name, on_queue });
        }
    };
    // Ready for the next one.
    Effect::new(move |_| {
        if editor.added.get() > 0 {
            draft.set((String::new(), false));
            reset_form(form);
            focus("add-name".to_owned());
        }
    });
    view! {
        <form
            class="save status-add"
            id="add-status"
            method="post"
            action=from_here(AddStatus::url())
            novalidate
            autocomplete="off"
            node_ref=form
            on:submit=submit
        >
            <h3>"Add a status"</h3>
            <div class="status-add-line">
                <InputField
                    id="add-name"
                    name="name"
                    label="Name"
                    value=Signal::derive(move || draft.with(|(name, _)| name.clone()))
                    problem
                />
                <div class="field" data-kind="switch">
                    <input
                        id="add-queue"
                        type="checkbox"
                        role="switch"
                        name="on_queue"
                        value="true"
                        checked=move || draft.with(|(_, on_queue)| *on_queue)
                        aria-describedby=super::page::QUEUE_HELP
                    />
                    <label for="add-queue">"On the queue"</label>
                </div>
                <button class="button" data-kind="primary" type="submit">
                    "Add status"
                </button>
            </div>
        </form>
    }
    .into_any()
}
