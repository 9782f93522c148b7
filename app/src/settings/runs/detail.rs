use calliyo_domain::job::{Job, RunState};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;

use super::{
    RunDetail, RunRow,
    address::{Asked, list_address},
    moved_leads::MovedLeads,
    read_run,
    row::When,
    words,
};
use crate::{
    Fault,
    live::Live,
    settings::{
        CONFIGURATIONS, RUN_HISTORY,
        jobs::{ActiveRunView, ShareTable},
    },
    ui::{Empty, Fact, NotRead, followed, set_status},
};

/// What a run did. It keeps itself up to date.
#[component]
pub fn RunView() -> impl IntoView {
    let asked = Asked::of_address();
    let live = Live::current();
    let run = Resource::new(
        move || (asked.get(), live.runs(), live.company()),
        |(asked, ..)| read_run(asked.run, asked.after),
    );
    let content = async move {
        match run.await {
            Ok(first) => EitherOf3::A(view! { <Run asked first run /> }),
            Err(Fault::NotFound) => {
                set_status(404);
                EitherOf3::B(view! { <NoSuchRun /> })
            }
            Err(fault) => {
                set_status(503);
                EitherOf3::C(view! { <NotRead fault /> })
            }
        }
    };
    view! {
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

#[component]
fn NoSuchRun() -> impl IntoView {
    view! {
        <Title text="No such run" />
        <Empty title="There is no such run">
            "Runs are kept for a year. Those that are there are listed in the " <a href=RUN_HISTORY>"run history"</a> "."
        </Empty>
    }
    .into_any()
}

#[component]
fn Run(asked: Memo<Asked>, first: RunDetail, run: Resource<Result<RunDetail, Fault>>) -> impl IntoView {
    let job = first.run.job;
    let state = followed(first, run);
    let row = Memo::new(move |_| state.with(|state| state.run.clone()));
    let title =
        move || row.with(|row| format!("{}, {}", job.title(), words::missed_date(row).unwrap_or(&row.began.text)));
    let active = Memo::new(move |_| state.with(|state| state.active.clone()));
    let shares = Memo::new(move |_| state.with(|state| state.shares.clone()));
    let moves =
        Memo::new(move |_| row.with(|row| matches!(row.state, RunState::Done { .. }) && row.job != Job::LeadImport));
    view! {
        <Title text=title />
        <article class="run">
            <div class="run-head">
                <h2>{job.title()}</h2>
                <a href=list_address(Some(job), None)>"All its runs"</a>
            </div>
            <p class="outcome" role="status" data-kind=move || row.with(words::look)>
                {move || row.with(words::outcome)}
            </p>
            {move || row.with(|row| row.state == RunState::Missed).then(make_up_for_it)}
            {move || active.get().map(|run| view! { <ActiveRunView job run /> })}
            <Facts state row />
            <Show when=move || shares.with(|shares| !shares.is_empty())>
                <section class="run-part" aria-labelledby="by-agent">
                    <h3 id="by-agent">"By agent"</h3>
                    <p class="legend">
                        <span data-kind="before">"Before"</span>
                        <span data-kind="after">"After"</span>
                        <span data-kind="cap">"Lead cap"</span>
                    </p>
                    <ShareTable shares chart=true />
                </section>
            </Show>
            <Show when=move || moves.get()>
                <MovedLeads asked state />
            </Show>
        </article>
    }
    .into_any()
}

fn make_up_for_it() -> impl IntoView {
    view! {
        <p class="field-help">
            "To make up for it, press Run Now in " <a href=CONFIGURATIONS>"Configurations"</a> "."
        </p>
    }
}

/// When it ran, why, how long, and with which settings.
#[component]
fn Facts(state: RwSignal<RunDetail>, row: Memo<RunRow>) -> impl IntoView {
    let took = Memo::new(move |_| row.with(words::took));
    let version = Memo::new(move |_| row.with(|row| row.settings_version));
    let file = Memo::new(move |_| state.with(|state| state.file.clone()));
    let fact = |name: &'static str, text: String| view! { <Fact name>{text}</Fact> };
    view! {
        <dl class="facts" data-kind="alone">
            <Fact name="When">
                <When row=Signal::derive(move || Some(row.get())) />
            </Fact>
            {move || fact("Trigger", row.with(words::trigger))}
            {move || took.get().map(|took| fact("Duration", took))}
            {move || version.get().map(|version| fact("Settings version", version.to_string()))}
            {move || file.get().map(|file| fact("File", file))}
        </dl>
    }
    .into_any()
}
