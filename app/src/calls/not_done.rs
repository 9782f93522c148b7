use leptos::prelude::*;

use crate::{Fault, ui::FaultNote};

/// Says why a form did nothing to its lead, where none of its fields is to blame.
#[component]
pub fn NotDone(
    fault: Fault,
    /// As a sentence goes on: "the call was not logged".
    what: &'static str,
) -> impl IntoView {
    if fault != Fault::NotFound {
        return view! { <FaultNote fault /> }.into_any();
    }
    view! {
        <p class="note" data-kind="problem" role="alert">
            "This lead is no longer assigned to you, or you may no longer see it, so " {what} "."
        </p>
    }
    .into_any()
}
