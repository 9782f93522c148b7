use calliyo_domain::settings::SectionKey;
use leptos::{either::Either, prelude::*};

use super::{Editing, SectionForm, UnsavedSections, edit_form::EditForm, read_section};
use crate::{
    live::Live,
    settings::jobs::JobStatus,
    ui::{NotRead, follow},
};

/// A section with its form, and the status panel of its job if it has one.
#[component]
pub fn SectionCard(section: SectionKey) -> impl IntoView {
    let form = SectionForm::of(section);
    let live = Live::current();
    // Resources are made here and not while another is awaited: there the server and the browser would number them
    // differently.
    let saved = Resource::new(move || (live.saves(section), live.company()), move |_| read_section(section));
    let job = form.job.map(JobStatus::of);

    // Not in a closure: later loads don't build the form anew, which would throw away what is typed, but are
    // followed.
    let content = async move {
        match saved.await {
            Ok(first) => {
                let editing = Editing::of(form, first);
                follow(saved, move |next| editing.hear(next));
                UnsavedSections::watch(section, editing.unsaved());
                let panel = match job {
                    Some(job) => Some(job.panel(editing.unsaved()).await),
                    None => None,
                };
                Either::Left(view! {
                    <EditForm editing reread=move || saved.refetch() />
                    {panel}
                })
            }
            Err(fault) => Either::Right(view! { <NotRead fault /> }),
        }
    };
    view! {
        <section class="card" id=section.as_str() aria-labelledby=form.id("title")>
            <div class="card-head">
                <h2 id=form.id("title")>{form.title}</h2>
                <p>{form.purpose}</p>
            </div>
            <Transition fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>
                {Suspend::new(content)}
            </Transition>
        </section>
    }
    .into_any()
}
