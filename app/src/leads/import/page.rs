use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::{ImportPage, format::Format, latest::Latest, read_imports, upload::UploadForm, waiting::WaitingFiles};
use crate::{
    Fault,
    live::Live,
    ui::{PageHead, Refused, follow},
};

/// `/leads/import`: takes a file, explains it, and lists the latest imports.
#[component]
pub fn ImportLeadsPage() -> impl IntoView {
    let live = Live::current();
    let page = Resource::new(move || live.runs() + live.company(), |_| read_imports());
    let content = async move {
        match page.await {
            Ok(first) => Either::Left(view! { <Content first page /> }),
            Err(fault) => Either::Right(view! { <Refused fault title="Import leads" /> }),
        }
    };
    view! {
        <Title text="Import leads" />
        <Transition fallback=|| view! { <PageHead title="Import leads" purpose="" /> }>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

#[component]
fn Content(first: ImportPage, page: Resource<Result<ImportPage, Fault>>) -> impl IntoView {
    let country = RwSignal::new(first.country);
    let (latest, drafts) = (RwSignal::new(first.latest), RwSignal::new(first.drafts));
    follow(page, move |next| {
        country.set(next.country);
        latest.set(next.latest);
        drafts.set(next.drafts);
    });
    view! {
        <p class="back"><a href="/leads">"All leads"</a></p>
        <PageHead title="Import leads" purpose="Adds the leads of a file. They come in unassigned, for the next assignment to hand out." />
        <div class="import">
            <UploadForm />
            <Format country=country.into() />
            <WaitingFiles drafts=drafts.into() />
            <Latest latest=latest.into() />
        </div>
    }
    .into_any()
}
