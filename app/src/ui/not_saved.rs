use leptos::prelude::*;

use super::{FaultNote, Refusal};
use crate::Fault;

/// Says why a form saved nothing, where none of its `fields` is to blame. Where somebody changed the `what` that it
/// edits, it shows what is stored by now, for who typed on what was stored before.
#[component]
pub fn NotSaved(
    refusal: Refusal,
    fields: &'static [&'static str],
    what: &'static str,
    /// What is stored, by name.
    #[prop(into)]
    facts: Signal<Vec<(&'static str, String)>>,
) -> impl IntoView {
    move || {
        refusal.elsewhere(fields).map(|fault| match fault {
            Fault::Changed => view! { <StoredNow what facts /> }.into_any(),
            Fault::NotFound => {
                let said = format!("This {what} is gone, or no longer yours to see. Nothing was saved.");
                view! { <p class="note" data-kind="problem" role="alert">{said}</p> }.into_any()
            }
            fault => view! { <FaultNote fault /> }.into_any(),
        })
    }
}

#[component]
fn StoredNow(what: &'static str, facts: Signal<Vec<(&'static str, String)>>) -> impl IntoView {
    let fact = |(name, value): (&'static str, String)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{if value.is_empty() { "None".to_owned() } else { value }}</dd>
            </div>
        }
    };
    view! {
        <p class="note" data-kind="problem" role="alert">
            {format!("Somebody changed this {what} after you opened the form. Nothing of yours was saved: compare with what is stored now, then save again.")}
        </p>
        <section class="stored" aria-labelledby="stored">
            <h3 id="stored">"Stored now"</h3>
            <dl class="facts">{move || facts.get().into_iter().map(fact).collect_view()}</dl>
        </section>
    }
    .into_any()
}
