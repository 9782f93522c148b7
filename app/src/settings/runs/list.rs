use calliyo_domain::job::Job;
use leptos::{either::Either, prelude::*};

use super::{
    History,
    address::{Filter, list_address},
    list_runs,
    row::Row,
};
use crate::{
    Fault,
    leads::import::IMPORT,
    live::Live,
    settings::CONFIGURATIONS,
    sign_in::Session,
    ui::{Heads, NotRead, Pages, followed, set_status},
};

/// One page of runs. It keeps itself up to date.
#[component]
pub fn RunList() -> impl IntoView {
    let filter = Filter::of_address();
    let live = Live::current();
    let page = Resource::new(
        move || (filter.get(), live.runs(), live.company()),
        |(filter, ..)| list_runs(filter.job_key(), filter.before),
    );
    let content = async move {
        match page.await {
            Ok(first) => Either::Left(view! { <List filter first page /> }),
            Err(fault) => {
                set_status(503);
                Either::Right(view! { <NotRead fault /> })
            }
        }
    };
    view! {
        <p class="intro">"What the jobs did, newest first. Runs are kept for a year."</p>
        <JobFilter filter />
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

/// All, then the jobs as Configurations has them.
const CHOICES: [Option<Job>; 5] =
    [None, Some(Job::AutoAssignment), Some(Job::TopUp), Some(Job::AutoRemoval), Some(Job::LeadImport)];

#[component]
fn JobFilter(filter: Memo<Filter>) -> impl IntoView {
    let choice = |job: Option<Job>| {
        view! {
            <li>
                <a href=list_address(job, None) aria-current=move || (filter.get().job == job).then_some("page")>
                    {job.map_or("All jobs", Job::title)}
                </a>
            </li>
        }
    };
    view! {
        <nav class="choices" aria-label="Job">
            <ul>{CHOICES.map(choice).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

/// Rows stay in place while those around them change, so that neither the focus nor what is read gets lost.
#[component]
fn List(filter: Memo<Filter>, first: History, page: Resource<Result<History, Fault>>) -> impl IntoView {
    let state = followed(first, page);
    let none = Memo::new(move |_| state.with(|state| state.rows.is_empty()));
    let table = move || {
        if none.get() { view! { <Empty filter /> }.into_any() } else { view! { <Table state /> }.into_any() }
    };
    let first = Signal::derive(move || filter.with(|filter| (!filter.before.is_empty()).then(|| filter.first_page())));
    let next = Signal::derive(move || {
        let next = state.with(|state| state.next)?;
        Some(filter.with(|filter| filter.page_after(next)))
    });
    let time_zone = Signal::derive(move || state.with(|state| state.time_zone.clone()));
    view! {
        {table}
        <Pages first next time_zone />
    }
    .into_any()
}

#[component]
fn Table(state: RwSignal<History>) -> impl IntoView {
    let ids = move || state.with(|state| state.rows.iter().map(|row| row.id).collect::<Vec<_>>());
    view! {
        <div class="table-scroll">
            <table class="row-cards runs" role="table">
                <caption class="visually-hidden">"Runs, newest first"</caption>
                <Heads titles=&["When", "Job", "Trigger", "Duration", "Outcome", "Settings version"] />
                <tbody role="rowgroup">
                    <For each=ids key=|id| *id children=move |id| view! { <Row state id /> } />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What to do when there is nothing to list.
#[component]
fn Empty(filter: Memo<Filter>) -> impl IntoView {
    let session = Session::current();
    // Whether the viewer may import.
    let imports = move || session.viewer().is_some_and(|viewer| viewer.permissions.management);
    let text = move || {
        let filter = filter.get();
        match filter.job {
            _ if !filter.before.is_empty() => view! {
                <h2>"No more runs"</h2>
                <p>
                    "The list ended on the page before. " <a href=filter.first_page()>"Go to the first page"</a> "."
                </p>
            }
            .into_any(),
            Some(Job::LeadImport) => view! {
                <h2>"No imports yet"</h2>
                <p>
                    {imports().then(|| view! { <a href=IMPORT>"Import leads"</a> " from a file. " })}
                    "Each file of leads that is imported is listed here, with what was taken in."
                </p>
            }
            .into_any(),
            job => view! {
                <h2>{job.map_or_else(|| "No runs yet".to_owned(), |job| format!("No runs of {} yet", job.title()))}</h2>
                <p>
                    "Switch a job on, or press Run Now, in " <a href=CONFIGURATIONS>"Configurations"</a>
                    ". Each run is listed here with what it did."
                </p>
            }
            .into_any(),
        }
    };
    view! { <div class="empty">{text}</div> }.into_any()
}
