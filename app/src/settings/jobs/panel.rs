use calliyo_domain::job::Job;
use leptos::prelude::*;

use super::{JobPanel, Shares, active_run::ActiveRunView, read_job_panel, run_now::RunNowForm};
use crate::{
    Fault,
    live::Live,
    settings::runs::list_address,
    ui::{Countdown, Moment, MomentView, NotRead, follow},
};

/// A job's status, read when it is made and whenever runs, settings or users change.
#[derive(Clone, Copy)]
pub struct JobStatus {
    job: Job,
    status: Resource<Result<JobPanel, Fault>>,
}

impl JobStatus {
    /// The status of `job`.
    pub fn of(job: Job) -> Self {
        let live = Live::current();
        Self {
            job,
            status: Resource::new(move || (live.runs(), live.any_save(), live.users()), move |_| read_job_panel(job)),
        }
    }

    /// Its panel, once it has been read; `unsaved` says whether the section's form has unsaved changes.
    pub async fn panel(self, unsaved: Signal<bool>) -> AnyView {
        match self.status.await {
            Ok(first) => view! { <Panel job=self.job first panel=self.status unsaved /> }.into_any(),
            Err(fault) => view! { <NotRead fault /> }.into_any(),
        }
    }
}

/// The last run, what to know, the run under way, the next one, and Run Now. It keeps itself up to date.
#[component]
fn Panel(job: Job, first: JobPanel, panel: Resource<Result<JobPanel, Fault>>, unsaved: Signal<bool>) -> impl IntoView {
    let state = RwSignal::new(first);
    // A run was asked for here, and the panel hasn't been read since.
    let asked = RwSignal::new(false);
    follow(panel, move |next| {
        asked.set(false);
        if state.with_untracked(|state| *state != next) {
            state.set(next);
        }
    });
    let line = Memo::new(move |_| state.with(|state| state.line.clone()));
    let active = Memo::new(move |_| state.with(|state| state.active.clone()));
    let next = Memo::new(move |_| state.with(|state| state.next.clone()));
    let shares = Memo::new(move |_| state.with(|state| state.shares.clone()));
    let warnings = Memo::new(move |_| state.with(|state| state.warnings.clone()));
    let under_way = Signal::derive(move || asked.get() || active.with(Option::is_some));
    let id = format!("{}-status", job.key());

    view! {
        <section class="job-panel" aria-labelledby=id.clone()>
            <div class="job-panel-head">
                <h3 id=id.clone() aria-label=format!("Status of {}", job.title())>
                    "Status"
                </h3>
                <a href=list_address(Some(job), None)>"Run history"</a>
            </div>
            <p class="last-run" role="status" aria-live="polite">
                {line}
            </p>
            {move || line.with(|line| line.contains("agents at cap")).then(at_cap)}
            <p class="next-run">{move || next_run(next.get())}</p>
            {move || warnings.get().into_iter().map(warning).collect_view()}
            {move || active.get().map(|run| view! { <ActiveRunView job run /> })}
            <Shares shares />
            <RunNowForm job under_way unsaved asked reread=move || panel.refetch() />
        </section>
    }
    .into_any()
}

fn at_cap() -> impl IntoView {
    view! {
        <p class="field-help">
            "“Agents at cap” means more leads were eligible but every agent already had their Lead cap worth of leads. Raise the cap (in the user record) to distribute more."
        </p>
    }
}

fn warning(text: String) -> impl IntoView {
    view! {
        <p class="note" data-kind="warning">
            {text}
        </p>
    }
}

fn next_run(next: Option<Moment>) -> AnyView {
    match next {
        None => "Next run: none while it is switched off.".into_any(),
        Some(moment) => {
            let at = moment.at;
            view! {
                "Next run: "
                <MomentView moment zone=true />
                " "
                <Countdown at />
            }
            .into_any()
        }
    }
}
