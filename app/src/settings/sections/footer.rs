use leptos::{either::Either, prelude::*};

use super::{Editing, SavedBy, Stored, change::Change};
use crate::{
    Fault,
    ui::{FaultNote, InputField},
};

/// The id, within its section, of what is said of changes and saves.
pub const SAID: &str = "said";

/// What would change, who is in the way, the password and Save.
#[component]
pub fn Footer(editing: Editing, may_save: Signal<bool>, pending: Memo<bool>) -> impl IntoView {
    view! {
        <div class="save">
            <Changes editing />
            <Refusal editing />
            <div class="save-row">
                <InputField
                    id=editing.of.id("password")
                    name="password"
                    label="Your password"
                    kind="password"
                    autocomplete="current-password"
                    problem=editing.problem_at("password")
                />
                <button
                    class="button"
                    data-kind="primary"
                    type="submit"
                    aria-disabled=move || (!may_save.get()).then_some("true")
                >
                    {move || if pending.get() { "Saving…" } else { "Save" }}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// Old → new for each field, while typing and after the save.
#[component]
fn Changes(editing: Editing) -> impl IntoView {
    let said = move || {
        let changes = editing.changes();
        match editing.stored.get() {
            Some(Stored::Changes(stored)) => {
                let title = format!("Saved. {}", editing.of.takes_effect);
                Some(view! { <ChangeList title changes=stored /> }.into_any())
            }
            Some(Stored::Nothing) => {
                Some(view! { <p class="changes-none">"Nothing was saved: all of it is stored already."</p> }.into_any())
            }
            None if !changes.is_empty() => {
                Some(view! { <ChangeList title="Saving would change:".to_owned() changes /> }.into_any())
            }
            // Without JavaScript nobody could keep this true.
            None => {
                let none = || view! { <p class="changes-none">"No unsaved changes."</p> }.into_any();
                editing.interactive.get().then(none)
            }
        }
    };
    let has_saved = move || editing.stored.with(|stored| matches!(stored, Some(Stored::Changes(_))));
    view! {
        <div
            class="changes"
            id=editing.of.id(SAID)
            role="status"
            tabindex="-1"
            data-kind=move || has_saved().then_some("saved")
        >
            {said}
        </div>
    }
    .into_any()
}

#[component]
fn ChangeList(title: String, changes: Vec<Change>) -> impl IntoView {
    let items = changes.into_iter().map(|Change { field, from, to }| {
        view! {
            <li>
                <span class="change-field">{field}":"</span>
                " "
                <span class="change-from">{from}</span>
                " → "
                <span class="change-to">{to}</span>
            </li>
        }
    });
    view! {
        <p class="changes-title">{title}</p>
        <ul>{items.collect_view()}</ul>
    }
}

/// Why nothing was saved, where no field is to blame, or that somebody else has saved meanwhile.
#[component]
fn Refusal(editing: Editing) -> impl IntoView {
    move || match (editing.refusal.get(), editing.overtaken.get()) {
        (Some(fault @ Fault::Stale { .. }), _) => {
            Some(view! { <Overtaken editing message=fault.to_string() /> }.into_any())
        }
        (Some(fault), _) if let Some(fault) = fault.elsewhere(|field| editing.of.has(field)) => {
            Some(view! { <FaultNote fault /> }.into_any())
        }
        (_, Some(SavedBy { name, at })) => {
            let message = format!("{name} saved this section at {at}. Your changes are still here and not saved.");
            Some(view! { <Overtaken editing message /> }.into_any())
        }
        _ => None,
    }
}

#[component]
fn Overtaken(editing: Editing, message: String) -> impl IntoView {
    let show = "Show their settings";
    view! {
        <div class="note" data-kind="warning" role="alert">
            <p>{message}</p>
            {move || {
                if editing.interactive.get() {
                    Either::Left(view! {
                        <button class="button" type="button" on:click=move |_| editing.discard()>
                            {show}
                        </button>
                    })
                } else {
                    Either::Right(view! {
                        <a class="button" href=editing.of.page>
                            {show}
                        </a>
                    })
                }
            }}
        </div>
    }
    .into_any()
}
