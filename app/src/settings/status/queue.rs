use calliyo_domain::status::fixed_on_queue;
use leptos::{either::Either, ev::SubmitEvent, form::FromFormData, html, prelude::*, server_fn::ServerFn};

use super::{
    Edit, QueueStatus,
    editor::Editor,
    focus::{close, focus},
};
use crate::ui::{FaultNote, InputField, from_here, reset_form};

/// Whether the status is on the queue, and the way to change that; for three statuses, what they always are.
#[component]
pub fn Queue(editor: Editor, id: i64, name: Memo<String>, on_queue: Memo<bool>) -> impl IntoView {
    match fixed_on_queue(id) {
        Some(true) => Either::Left(view! { <div class="status-queue">"Always on the queue"</div> }),
        Some(false) => Either::Left(view! { <div class="status-queue">"Never on the queue"</div> }),
        None => Either::Right(view! { <Switch editor id name on_queue /> }),
    }
    .into_any()
}

/// Opens what the switch would do, and asks for the password. Escape and Cancel leave it as it is.
#[component]
fn Switch(editor: Editor, id: i64, name: Memo<String>, on_queue: Memo<bool>) -> impl IntoView {
    let open = editor.refused.with_untracked(|refused| matches!(refused, Some((edit, _)) if is_of(edit, id)));
    let form = NodeRef::<html::Form>::new();
    let details = format!("queue-{id}");
    let escape = {
        let details = details.clone();
        move |event: web_sys::KeyboardEvent| {
            if event.key() == "Escape" {
                close(&details);
                focus(format!("queue-{id}-summary"));
            }
        }
    };
    let toggled = {
        let details = details.clone();
        move |_| {
            let is_open = document().get_element_by_id(&details).is_some_and(|details| details.has_attribute("open"));
            if is_open {
                focus(format!("queue-{id}-password"));
            } else {
                reset_form(form);
                editor.refused.set(None);
            }
        }
    };
    view! {
        <details class="status-queue" id=details open=open on:toggle=toggled on:keydown=escape>
            <summary class="button" data-kind="quiet" id=format!("queue-{id}-summary")>
                <span class="visually-hidden">{name} ": "</span>
                <span class="status-queue-state">{move || if on_queue.get() { "On the queue" } else { "Not on the queue" }}</span>
                " "
                <span class="when-closed">"Change"</span>
                <span class="when-open">"Cancel"</span>
            </summary>
            <SwitchForm editor id name on_queue form />
        </details>
    }
    .into_any()
}

#[component]
fn SwitchForm(
    editor: Editor,
    id: i64,
    name: Memo<String>,
    on_queue: Memo<bool>,
    form: NodeRef<html::Form>,
) -> impl IntoView {
    let row = editor.row(id);
    let switch = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.switch.clone()).unwrap_or_default()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(QueueStatus { id, on_queue, password }) = QueueStatus::from_event(&event)
            && !editor.pending().get_untracked()
        {
            editor.send_confirmed(Edit::Queue { id, on_queue }, password);
        }
    };
    let fault = move || {
        let refused = editor.refused.get().filter(|(edit, fault)| is_of(edit, id) && fault.field() != Some("password"));
        refused.map(|(_, fault)| view! { <FaultNote fault /> })
    };
    let warning = move || {
        let warning = switch.with(|switch| switch.warning());
        warning.map(|warning| view! { <p class="note" data-kind="warning">{warning}</p> })
    };
    view! {
        <form class="status-queue-form" method="post" action=from_here(QueueStatus::url()) novalidate node_ref=form on:submit=submit>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="on_queue" value=move || (!on_queue.get()).to_string() />
            <p>{move || switch.with(|switch| switch.sentence(!on_queue.get()))}</p>
            {warning}
            {fault}
            <div class="save-row">
                <InputField
                    id=format!("queue-{id}-password")
                    name="password"
                    label="Your password"
                    kind="password"
                    autocomplete="current-password"
                    problem=editor.problem("password", move |edit| is_of(edit, id))
                />
                <button class="button" data-kind="primary" type="submit">
                    {move || {
                        if on_queue.get() {
                            format!("Take {} off the queue", name.get())
                        } else {
                            format!("Put {} on the queue", name.get())
                        }
                    }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn is_of(edit: &Edit, id: i64) -> bool {
    matches!(edit, Edit::Queue { id: refused, .. } if *refused == id)
}
