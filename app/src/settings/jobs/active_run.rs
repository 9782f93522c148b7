use calliyo_domain::{
    counted::grouped,
    job::{Job, Progress},
};
use leptos::prelude::*;

use super::ActiveRun;
use crate::{live::Live, ui::MomentView};

/// How far the run under way is, and who asked for it.
#[component]
pub fn ActiveRunView(job: Job, run: ActiveRun) -> impl IntoView {
    let live = Live::current();
    let ActiveRun { run: id, since, by, progress } = run;
    let progress = Memo::new(move |_| live.progress(id).or(progress));
    let by = by.map_or_else(|| "Due at ".to_owned(), |by| format!("Started by {by} at "));
    let bar = format!("{}-progress", job.key());
    view! {
        <div class="progress">
            <div class="progress-text">
                <label for=bar.clone()>
                    {move || progress.get().map_or("Waiting to start", |progress| progress.phase.title())}
                </label>
                <span class="progress-count">{move || progress.get().and_then(count)}</span>
            </div>
            <progress
                id=bar
                max="100"
                value=move || progress.with(|progress| progress.as_ref().map_or(0, Progress::percent))
            ></progress>
            <p class="field-help">{by} <MomentView moment=since zone=true /> "."</p>
        </div>
    }
    .into_any()
}

/// "n of N leads"; while leads are read nobody knows yet how many there are.
fn count(Progress { done, total, .. }: Progress) -> Option<String> {
    match (done, total) {
        (0, 0) => None,
        (done, 0) => Some(crate::ui::count(done, "lead")),
        (done, total) => Some(format!("{} of {}", grouped(done), crate::ui::count(total, "lead"))),
    }
}
