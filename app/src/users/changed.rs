use leptos::prelude::*;

use super::{UserDraft, UserRecord};

const CHANGED: &str = "Somebody changed this user after you opened the form. Nothing of yours was saved: compare with what is stored now, then save again.";

/// What the user is now, for who typed on what they were.
#[component]
pub fn Changed(record: RwSignal<UserRecord>) -> impl IntoView {
    let stored = Memo::new(move |_| record.with(|record| (record.role.clone(), record.saved.clone())));
    let fact = |(name, value): (&'static str, String)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{if value.is_empty() { "None".to_owned() } else { value }}</dd>
            </div>
        }
    };
    view! {
        <p class="note" data-kind="problem" role="alert">{CHANGED}</p>
        <section class="stored" aria-labelledby="stored">
            <h3 id="stored">"Stored now"</h3>
            <dl class="facts">{move || facts(stored.get()).map(fact).collect_view()}</dl>
        </section>
    }
    .into_any()
}

fn facts((role, user): (String, UserDraft)) -> [(&'static str, String); 7] {
    let UserDraft { name, email, phone, employee_code, lead_cap, receiving, .. } = user;
    [
        ("Name", name),
        ("Email", email),
        ("Phone", phone),
        ("Employee code", employee_code),
        ("Role", role),
        ("Lead cap", lead_cap),
        ("Receiving leads", if receiving { "Yes" } else { "No" }.to_owned()),
    ]
}
