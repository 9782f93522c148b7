use leptos::prelude::*;

use super::{UserDraft, UserRecord};
use crate::ui::StoredNow;

const CHANGED: &str = "Somebody changed this user after you opened the form. Nothing of yours was saved: compare with what is stored now, then save again.";

/// What the user is now, for who typed on what they were.
#[component]
pub fn Changed(record: RwSignal<UserRecord>) -> impl IntoView {
    let stored = Memo::new(move |_| record.with(|record| (record.role.clone(), record.saved.clone())));
    let facts = Signal::derive(move || facts(stored.get()));
    view! {
        <p class="note" data-kind="problem" role="alert">{CHANGED}</p>
        <StoredNow facts />
    }
    .into_any()
}

fn facts((role, user): (String, UserDraft)) -> Vec<(&'static str, String)> {
    let UserDraft { name, email, phone, employee_code, lead_cap, receiving, .. } = user;
    vec![
        ("Name", name),
        ("Email", email),
        ("Phone", phone),
        ("Employee code", employee_code),
        ("Role", role),
        ("Lead cap", lead_cap),
        ("Receiving leads", if receiving { "Yes" } else { "No" }.to_owned()),
    ]
}
