use leptos::prelude::*;

use super::TeamToday;
use crate::{
    settings::runs::{RunRow, run_address, words},
    ui::MomentView,
};

/// What today's runs of the jobs came to.
#[component]
pub fn TeamRuns(team: Memo<TeamToday>) -> impl IntoView {
    let runs = Memo::new(move |_| team.with(|team| (team.runs.clone(), team.may_open_runs)));
    view! {
        <section class="card" aria-labelledby="team-runs-title">
            <div class="card-head">
                <h2 id="team-runs-title">"Runs today"</h2>
            </div>
            {move || {
                let (runs, may_open) = runs.get();
                list(runs, may_open)
            }}
        </section>
    }
    .into_any()
}

fn list(runs: Vec<RunRow>, may_open: bool) -> AnyView {
    if runs.is_empty() {
        return view! { <p class="card-empty">"No job has run today."</p> }.into_any();
    }
    view! { <ul class="rows">{runs.into_iter().map(|run| row(run, may_open)).collect_view()}</ul> }.into_any()
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
