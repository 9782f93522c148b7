use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    EditUser, UserDraft, UserRecord,
    fields::{FIELDS, UserFields},
    record::SAVED,
};
use crate::{
    Fault,
    ui::{Card, NotSaved, SubmitButton, VersionedForm, count, from_here, made_under},
};

/// The user's details, to be edited.
#[component]
pub fn DetailsForm(
    record: RwSignal<UserRecord>,
    /// What reads the record.
    user: Resource<Result<UserRecord, Fault>>,
    done: RwSignal<Option<String>>,
) -> impl IntoView {
    let edit = ServerAction::<EditUser>::new();
    let roles = Memo::new(move |_| record.with(|record| record.roles.clone()));
    let load = move || record.with(|record| record.load);
    let stored = Memo::new(move |_| record.with(|record| (record.version, record.saved.clone())));
    let VersionedForm { form, start, version, touched, refusal, submit } =
        VersionedForm::of(user, stored, edit, done, SAVED);
    let country = Signal::derive(move || record.with(|record| record.country.code.clone()));
    let made = made_under(country.get_untracked(), country, touched.into(), refusal);
    let facts = Memo::new(move |_| record.with(facts));
    view! {
        <Card id="details" title="Details" purpose="What the company knows them by, and what they may do.">
            <form
                method="post"
                action=from_here(EditUser::url())
                node_ref=form
                class="stack"
                novalidate
                autocomplete="off"
                on:input=move |_| touched.set(true)
                on:submit=move |event| submit.run(event)
            >
                <input type="hidden" name="id" value=move || record.with(|record| record.id) />
                <input type="hidden" name="version" value=version />
                <UserFields start roles made refusal />
                <p class="field-help">{move || format!("{} on the queue now.", count(load().unsigned_abs(), "lead"))}</p>
                <NotSaved refusal fields=&FIELDS what="user" facts />
                <div class="form-buttons">
                    <SubmitButton label="Save" busy="Saving…" pending=edit.pending() />
                </div>
            </form>
        </Card>
    }
    .into_any()
}

/// What the user is, for who typed on what they were.
fn facts(record: &UserRecord) -> Vec<(&'static str, String)> {
    let UserDraft { name, email, phone, employee_code, lead_cap, receiving, .. } = record.saved.clone();
    vec![
        ("Name", name),
        ("Email", email),
        ("Phone", phone),
        ("Employee code", employee_code),
        ("Role", record.role.clone()),
        ("Lead cap", lead_cap),
        ("Receiving leads", if receiving { "Yes" } else { "No" }.to_owned()),
    ]
}
