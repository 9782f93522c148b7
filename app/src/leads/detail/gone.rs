use leptos::prelude::*;

use crate::{Fault, calls::Place, tasks::TASKS, ui::FaultNote};

/// Stands in place of what is known of a lead that was taken away while its page was open.
#[component]
pub fn Gone(
    place: Place,
    /// Whether something is typed that isn't logged.
    typed: bool,
) -> impl IntoView {
    let (list, name) = if place == Place::Tasks { (TASKS, "the tasks") } else { ("/leads", "the leads") };
    view! {
        <p class="note" data-kind="problem" role="alert">
            "This lead is no longer on your name, or you may no longer see it. "
            {typed.then_some("What you typed is kept below until you leave. ")}
            <a href=list>"Back to " {name}</a>
        </p>
    }
    .into_any()
}

/// Says why a form did nothing to the lead, where none of its fields is to blame.
#[component]
pub fn NotDone(fault: Fault) -> impl IntoView {
    if fault != Fault::NotFound {
        return view! { <FaultNote fault /> }.into_any();
    }
    view! {
        <p class="note" data-kind="problem" role="alert">
            "This lead is no longer on your name, so nothing was changed. Reload the page to go on."
        </p>
    }
    .into_any()
}
