use leptos::{form::ActionForm, html, prelude::*};

use super::{
    EditUser, UserDraft, UserRecord,
    changed::Changed,
    fields::{FIELDS, UserFields},
    record::SAVED,
};
use crate::{
    Fault,
    ui::{Card, FaultNote, Refusal, SubmitButton, json_parameter, parameter},
};

/// The user's details, to be edited.
#[component]
pub fn DetailsForm(
    record: RwSignal<UserRecord>,
    form: NodeRef<html::Form>,
    /// Set once something is saved: what was typed then gives way to what is read again.
    settled: RwSignal<bool>,
    done: RwSignal<Option<String>>,
    /// Reads the record again.
    reread: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let edit = ServerAction::<EditUser>::new();
    let refusal = Refusal::of_form("details", edit.value().into());
    let roles = record.with_untracked(|record| record.roles.clone());
    let load = move || record.with(|record| record.load);
    // What a form posted without JavaScript brought back stays until something is saved.
    let here = parameter("form").as_deref() == Some("details");
    let typed = RwSignal::new(here.then(|| json_parameter::<UserDraft>("draft")).flatten());
    let start = Memo::new(move |_| typed.get().unwrap_or_else(|| record.with(|record| record.saved.clone())));
    // What is typed stays while somebody else's edit is read. So does the version that it was typed on: the save is
    // refused, says so, and the next one is made on what is stored now, which is shown.
    let version = RwSignal::new(record.with_untracked(|record| record.version));
    let touched = RwSignal::new(typed.with_untracked(Option::is_some));
    let stale = Memo::new(move |_| refusal.is(&Fault::Changed));
    Effect::new(move |_| {
        let stored = record.with(|record| record.version);
        if stale.get() || !touched.get() {
            version.set(stored);
        }
    });

    Effect::new(move |_| match edit.value().get() {
        Some(Ok(())) => {
            typed.set(None);
            settled.set(true);
            touched.set(false);
            done.set(Some(SAVED.to_owned()));
            reread();
        }
        Some(Err(fault)) => {
            done.set(None);
            if fault == Fault::Changed {
                reread();
            }
        }
        None => {}
    });

    view! {
        <Card id="details" title="Details" purpose="What the company knows them by, and what they may do.">
            <ActionForm
                action=edit
                node_ref=form
                attr:class="stack"
                attr:novalidate=true
                attr:autocomplete="off"
                // What is typed before the stored is shown again gives way to it.
                on:input=move |_| if !settled.get_untracked() { touched.set(true) }
            >
                <input type="hidden" name="id" value=move || record.with(|record| record.id) />
                <input type="hidden" name="version" value=version />
                <UserFields start roles refusal />
                <p class="field-help">{move || format!("{} on the queue now.", crate::ui::count(load().unsigned_abs(), "lead"))}</p>
                {move || refusal.elsewhere(&FIELDS).map(|fault| match fault {
                    Fault::Changed => view! { <Changed record /> }.into_any(),
                    fault => view! { <FaultNote fault /> }.into_any(),
                })}
                <div class="form-buttons">
                    <SubmitButton label="Save" busy="Saving…" pending=edit.pending() />
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
