use leptos::{either::Either, prelude::*};

use super::{Change, add_form::AddForm, delete_dialog::DeleteDialog, editor::Editor, read_pipeline, row::Row};
use crate::{
    live::Live,
    ui::{FaultNote, NotRead, follow},
};

/// The id of what explains the switches.
pub const QUEUE_HELP: &str = "queue-help";

/// The tab's content.
#[component]
pub fn StatusTab() -> impl IntoView {
    let live = Live::current();
    let pipeline = Resource::new(move || (live.any_save(), live.leads()), |_| read_pipeline());
    // Not in a closure: later loads don't build the list anew, which would throw away what is typed, but are followed.
    let content = async move {
        match pipeline.await {
            Ok(first) => {
                let editor = Editor::of(first);
                follow(pipeline, move |next| editor.hear(next));
                Either::Left(view! { <Statuses editor /> })
            }
            Err(fault) => Either::Right(view! { <NotRead fault /> }),
        }
    };
    view! {
        <section class="card" aria-labelledby="statuses-title">
            <div class="card-head">
                <h2 id="statuses-title" tabindex="-1">
                    "Lead statuses"
                </h2>
                <p>"The pipeline that every lead goes through, in this order wherever statuses are listed."</p>
                <p id=QUEUE_HELP>
                    "On the queue: its leads count toward the owner's lead cap and are listed as tasks."
                </p>
            </div>
            <Transition fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>
                {Suspend::new(content)}
            </Transition>
        </section>
    }
    .into_any()
}

#[component]
fn Statuses(editor: Editor) -> impl IntoView {
    let ids = move || editor.pipeline.with(|pipeline| pipeline.statuses.iter().map(|row| row.id).collect::<Vec<_>>());
    let refusal = editor.refusal();
    view! {
        {move || refusal.get().map(|fault| view! { <div class="statuses-refusal"><FaultNote fault /></div> })}
        <ol class="statuses">
            <For each=ids key=|id| *id children=move |id| view! { <Row editor id /> } />
        </ol>
        <AddForm editor />
        <p class="statuses-done" role="status">
            {move || editor.done.with(|done| done.as_ref().map(Change::sentence))}
        </p>
        <DeleteDialog editor />
    }
    .into_any()
}
