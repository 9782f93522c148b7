use calliyo_domain::job::{Imported, Job, Outcome as RunOutcome, RunState};
use leptos::prelude::*;

use super::{
    IMPORT, ImportReport, latest,
    left_out::{BadRows, Duplicates, Remarks},
    run_path,
};
use crate::{
    Fault,
    leads::Filter,
    settings::jobs::ActiveRunView,
    ui::{MomentView, PageHead, follow},
};

/// One import. It keeps itself up to date: the bar gives way to the outcome.
#[component]
pub fn Outcome(first: ImportReport, report: Resource<Result<ImportReport, Fault>>) -> impl IntoView {
    let state = RwSignal::new(first);
    follow(report, move |next| state.set(next));
    let file = Signal::derive(move || state.with(|state| state.import.file.clone()));
    let active = Memo::new(move |_| state.with(|state| state.active.clone()));
    let stands = Memo::new(move |_| state.with(|state| state.import.state.clone()));
    let run = Memo::new(move |_| state.with(|state| state.import.run));
    let counted = Memo::new(move |_| stands.with(counted));
    let bad = Memo::new(move |_| state.with(|state| state.bad.clone()));
    let remarks = Memo::new(move |_| state.with(|state| state.remarks.clone()));
    let duplicates = Memo::new(move |_| state.with(|state| state.duplicates.clone()));
    view! {
        <PageHead title="Lead import" purpose=file />
        <section class="card import-outcome" aria-label="Outcome">
            <p class="outcome" role="status" aria-live="polite" data-kind=move || stands.with(kind)>
                {move || stands.with(latest::outcome)}
            </p>
            {move || match active.get() {
                Some(run) => {
                    view! {
                        <ActiveRunView job=Job::LeadImport run />
                        <p class="without-scripts">
                            <a href=move || run_path(state.with(|state| state.import.run))>"Look again"</a>
                            " to see how far it is."
                        </p>
                    }
                    .into_any()
                }
                None => view! { <Ended state /> }.into_any(),
            }}
        </section>
        {move || (!bad.with(Vec::is_empty)).then(|| view! { <BadRows run=run.get() rows=bad.get() total=counted.get().bad /> })}
        {move || (!remarks.with(Vec::is_empty)).then(|| {
            view! { <Remarks run=run.get() rows=remarks.get() total=counted.get().without_email /> }
        })}
        {move || (!duplicates.with(Vec::is_empty)).then(|| {
            view! { <Duplicates run=run.get() rows=duplicates.get() total=counted.get().duplicates /> }
        })}
    }
    .into_any()
}

fn kind(state: &RunState) -> Option<&'static str> {
    matches!(state, RunState::Failed { .. }).then_some("failed")
}

/// What a finished import did.
fn counted(state: &RunState) -> Imported {
    match state {
        RunState::Done { outcome: RunOutcome::Imported(outcome) } => *outcome,
        _ => Imported::default(),
    }
}

/// Who brought it, and where to go from here.
#[component]
fn Ended(state: RwSignal<ImportReport>) -> impl IntoView {
    let import = state.with_untracked(|state| state.import.clone());
    let run = if counted(&import.state).imported == 0 { String::new() } else { import.run.to_string() };
    let leads = Filter { import: run, ..Filter::default() }.address();
    let by = import.by.unwrap_or_else(|| "the command line".to_owned());
    view! {
        <p class="field-help">{format!("Started by {by} at ")} <MomentView moment=import.at zone=true /> "."</p>
        <p class="import-next">
            <a class="button" href=leads>
                "See the leads"
            </a>
            <a class="button" href=IMPORT>
                "Import another file"
            </a>
        </p>
    }
    .into_any()
}
