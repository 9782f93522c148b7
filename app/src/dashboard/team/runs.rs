use leptos::prelude::*;

use crate::{
    dashboard::TeamToday,
    settings::{
        CONFIGURATIONS,
        runs::{RunRow, run_address, words},
    },
    ui::{MomentView, count},
};

/// Runs that are in sight.
const LATEST: usize = 3;

/// What today's runs of the jobs came to.
#[component]
pub fn TeamRuns(team: Memo<TeamToday>) -> impl IntoView {
    let may_open = Memo::new(move |_| team.with(|team| team.may_open_runs));
    let latest = Memo::new(move |_| team.with(|team| team.runs.iter().take(LATEST).cloned().collect::<Vec<_>>()));
    let earlier = Memo::new(move |_| team.with(|team| team.runs.iter().skip(LATEST).cloned().collect::<Vec<_>>()));
    let none = Memo::new(move |_| latest.with(Vec::is_empty));
    let more = Memo::new(move |_| earlier.with(|runs| !runs.is_empty()));
    view! {
        <section class="card" aria-labelledby="team-runs-title">
            <div class="card-head">
                <h2 id="team-runs-title">"Runs today"</h2>
            </div>
            {move || if none.get() {
                no_runs(may_open.get())
            } else {
                view! { <Runs runs=latest may_open /> }.into_any()
            }}
            // Stays open while runs are added.
            {move || more.get().then(|| view! { <Earlier runs=earlier may_open /> })}
        </section>
    }
    .into_any()
}

fn no_runs(may_run: bool) -> AnyView {
    let how = may_run.then(|| {
        view! { " Switch one on, or press Run Now, in " <a href=CONFIGURATIONS>"Configurations"</a> "." }
    });
    view! { <p class="card-empty">"No job has run today." {how}</p> }.into_any()
}

#[component]
fn Earlier(runs: Memo<Vec<RunRow>>, may_open: Memo<bool>) -> impl IntoView {
    view! {
        <details class="earlier-runs">
            <summary>{move || count(runs.with(Vec::len) as u64, "earlier run")}</summary>
            <Runs runs may_open />
        </details>
    }
    .into_any()
}

#[component]
fn Runs(runs: Memo<Vec<RunRow>>, may_open: Memo<bool>) -> impl IntoView {
    let rows = move || runs.get().into_iter().map(|run| row(run, may_open.get())).collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn row(run: RunRow, may_open: bool) -> AnyView {
    let title = run.job.title();
    let title = if may_open {
        view! { <a href=run_address(run.id)>{title}</a> }.into_any()
    } else {
        view! { <span>{title}</span> }.into_any()
    };
    let (look, outcome) = (words::look(&run), words::outcome(&run));
    view! {
        <li>
            {title}
            <span class="when"><MomentView moment=run.began /></span>
            <p class="why outcome" data-kind=look>{outcome}</p>
        </li>
    }
    .into_any()
}
