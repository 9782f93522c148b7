use leptos::prelude::*;

use crate::Fault;

/// Says in place why nothing was done.
#[component]
pub fn FaultNote(fault: Fault) -> impl IntoView {
    view! {
        <p class="note" data-kind="problem" role="alert">
            {fault.to_string()}
        </p>
    }
}
