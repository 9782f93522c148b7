use leptos::prelude::*;

use super::{JobPanel, active_run::ActiveRunView, run_now::RunNowForm, shares::Shares};
use crate::{Fault, ui::follow};

/// The job's status panel: the last run, the run under way, Run Now. It keeps itself up to date.
#[component]
pub fn Panel(first: JobPanel, panel: Resource<Result<JobPanel, Fault>>, unsaved: Signal<bool>) -> impl IntoView {
    let job = RwSignal::new(first);
    // A run was asked for here, and the panel hasn't been read since.
    let asked = RwSignal::new(false);
    follow(panel, move |next| {
        asked.set(false);
        if job.with_untracked(|job| *job != next) {
            job.set(next);
        }
    });
    let line = Memo::new(move |_| job.with(|job| job.line.clone()));
    let active = Memo::new(move |_| job.with(|job| job.active.clone()));
    let next = Memo::new(move |_| job.with(|job| job.next.clone()));
    let shares = Memo::new(move |_| job.with(|job| job.shares.clone()));
    let under_way = Signal::derive(move || asked.get() || active.with(Option::is_some));

    view! {
        <section class="job-panel" aria-labelledby="auto-assignment-status">
            <h3 id="auto-assignment-status">"Status"</h3>
            <p class="last-run" role="status" aria-live="polite">
                {line}
            </p>
            {move || line.with(|line| line.contains("agents at cap")).then(|| {
                view! {
                    <p class="field-help">
                        "Agents at cap: more leads were eligible, but every agent already had as many as their lead cap allows. Raise the cap in the user record to distribute more."
                    </p>
                }
            })}
            <p class="field-help">{move || next_run(next.get())}</p>
            {move || active.get().map(|run| view! { <ActiveRunView run /> })}
            <Shares shares />
            <RunNowForm under_way unsaved asked reread=move || panel.refetch() />
        </section>
    }
    .into_any()
}

fn next_run(next: Option<String>) -> String {
    next.map_or_else(|| "Next run: none while it is switched off.".to_owned(), |at| format!("Next run: {at}."))
}
