use leptos::{either::Either, prelude::*};

use super::{editing::Editing, editing::KEY, form::EditForm, panel::Panel, read_auto_assignment, read_job_panel};
use crate::{
    live::Live,
    ui::{FaultNote, ask_before_leaving, follow},
};

/// Settings → Configurations → Auto lead assignment.
#[component]
pub fn AutoAssignmentSection() -> impl IntoView {
    let live = Live::current();
    let section = Resource::new(move || live.saves(KEY), |_| read_auto_assignment());
    let panel = Resource::new(move || live.runs(), |_| read_job_panel());

    // Not in a closure: later loads don't build the form anew, which would throw away what is typed, but are
    // followed.
    let content = async move {
        match (section.await, panel.await) {
            (Ok(saved), Ok(job)) => {
                let editing = Editing::of(saved);
                follow(section, move |next| editing.hear(next));
                ask_before_leaving(editing.unsaved());
                Either::Left(view! {
                    <EditForm editing reread=move || section.refetch() />
                    <Panel first=job panel unsaved=editing.unsaved() />
                })
            }
            (Err(fault), _) | (_, Err(fault)) => Either::Right(view! { <FaultNote fault /> }),
        }
    };
    view! {
        <section class="card" id="auto-assignment" aria-labelledby="auto-assignment-title">
            <div class="card-head">
                <h2 id="auto-assignment-title">"Auto lead assignment"</h2>
                <p>
                    "Once a day, gives leads that have gone stale to agents who have room for them. It changes the queue of every agent who receives leads."
                </p>
            </div>
            <Transition fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>
                {Suspend::new(content)}
            </Transition>
        </section>
    }
    .into_any()
}
