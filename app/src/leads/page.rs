use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    LeadPage, edit::NEW, filter::Filter, filter_form::FilterForm, import::IMPORT, list_leads, table::LeadTable,
};
use crate::{
    Fault,
    sign_in::Session,
    ui::{FaultNote, PageHead, outdated, set_status},
};

/// `/leads`: one page of the leads that the viewer may see.
#[component]
pub fn LeadsPage() -> impl IntoView {
    let filter = Filter::of_address();
    let session = Session::current();
    let page =
        Resource::new(move || filter.get(), |Filter { status, owner, before }| list_leads(status, owner, before));
    let outdated = outdated(page);
    let content = move || {
        page.get().map(|page| match page {
            Ok(page) => view! { <List filter page /> }.into_any(),
            Err(fault) => view! { <Refused fault /> }.into_any(),
        })
    };
    view! {
        <Title text="Leads" />
        <Suspense fallback=|| view! { <PageHead title="Leads" purpose="" /> }>
            {move || session.visitor().map(|_| view! { <Head session /> })}
        </Suspense>
        <div class="list-hint" role="status">
            {move || outdated.get().then(|| {
                view! {
                    "Leads have changed. "
                    <button class="button" data-kind="link" type="button" on:click=move |_| page.refetch()>
                        "Refresh"
                    </button>
                }
            })}
        </div>
        <Transition fallback=Skeleton>{content}</Transition>
    }
    .into_any()
}

#[component]
fn Head(session: Session) -> impl IntoView {
    let sees_all = session.viewer().is_some_and(|viewer| viewer.permissions.management);
    let import = sees_all.then(|| {
        view! {
            <a class="button" href=NEW>
                "Add a lead"
            </a>
            <a class="button" href=IMPORT>
                "Import leads"
            </a>
        }
    });
    view! {
        <PageHead title="Leads" purpose=purpose(session)>
            {import}
        </PageHead>
    }
    .into_any()
}

fn purpose(session: Session) -> &'static str {
    let sees_all = session.viewer().is_some_and(|viewer| viewer.permissions.management);
    if sees_all { "Every lead of the company, newest first." } else { "The leads on your name, newest first." }
}

#[component]
fn List(filter: Memo<Filter>, page: LeadPage) -> impl IntoView {
    let next = page.next;
    let zone = format!("Times are in {}.", page.time_zone);
    let table = if page.rows.is_empty() {
        view! { <Empty /> }.into_any()
    } else {
        view! { <LeadTable rows=page.rows.clone() statuses=page.statuses.clone() /> }.into_any()
    };
    view! {
        <FilterForm filter page />
        {table}
        <nav class="pages" aria-label="Pages">
            {move || (!filter.with(Filter::is_first_page)).then(|| {
                view! {
                    <a class="button" href=filter.get().first().address()>
                        "First page"
                    </a>
                }
            })}
            {next.map(|next| {
                view! {
                    <a class="button" href=move || filter.get().after(next).address()>
                        "Next page"
                    </a>
                }
            })}
            <span class="zone">{zone}</span>
        </nav>
    }
    .into_any()
}

/// What to do when there is nothing to list.
#[component]
fn Empty() -> impl IntoView {
    let filter = Filter::of_address();
    let session = Session::current();
    let sees_all = move || session.viewer().is_some_and(|viewer| viewer.permissions.management);
    move || {
        let filter = filter.get();
        if filter.narrows() {
            view! {
                <div class="empty">
                    <h2>"No leads match these filters"</h2>
                    <p>
                        "Choose another status or owner, or " <a href="/leads">"show all leads"</a> "."
                    </p>
                </div>
            }
            .into_any()
        } else if !filter.is_first_page() {
            view! {
                <div class="empty">
                    <h2>"No more leads"</h2>
                    <p>
                        "The list ended on the page before. " <a href="/leads">"Go to the first page"</a> "."
                    </p>
                </div>
            }
            .into_any()
        } else if sees_all() {
            view! {
                <div class="empty">
                    <h2>"No leads yet"</h2>
                    <p>
                        <a href=IMPORT>"Import a list"</a> " as a CSV file. What comes in is shown here."
                    </p>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="empty">
                    <h2>"No leads on your name"</h2>
                    <p>"You get leads when they are next assigned, as far as your lead cap has room."</p>
                </div>
            }
            .into_any()
        }
    }
}

#[component]
fn Refused(fault: Fault) -> impl IntoView {
    match fault {
        Fault::Forbidden => set_status(403),
        // The frame leads on to the sign-in page, with a status of its own.
        Fault::SignedOut => {}
        _ => set_status(503),
    }
    view! { <FaultNote fault /> }
}

/// Holds the list's place while it is read for the first time.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" data-kind="list" role="status">
            <span class="visually-hidden">"Reading leads…"</span>
        </div>
    }
}
