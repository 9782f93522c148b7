use leptos::prelude::*;

use crate::leads::LEADS;

/// Stands in place of what is known of a lead that was taken away while its page was open.
#[component]
pub fn Gone(
    /// The tasks that one came from.
    tasks: Option<String>,
    /// Whether something is typed that isn't logged.
    typed: bool,
) -> impl IntoView {
    let (list, name) = tasks.map_or_else(|| (LEADS.to_owned(), "the leads"), |tasks| (tasks, "the tasks"));
    view! {
        <p class="note" data-kind="problem" role="alert">
            "This lead is no longer assigned to you, or you may no longer see it. "
            {typed.then_some("What you typed is kept below until you leave. ")}
            "A call that you were on can still be logged, and a note added: it counts for you and changes nothing of the lead. "
            <a href=list>"Back to " {name}</a>
        </p>
    }
    .into_any()
}
