use calliyo_domain::{
    import::BadRow,
    job::{Job, Outcome as RunOutcome, RunState},
};
use leptos::prelude::*;

use super::{IMPORT, ImportReport, latest, run_path};
use crate::{
    Fault,
    settings::jobs::ActiveRunView,
    ui::{MomentView, PageHead, count, follow},
};

/// One import. It keeps itself up to date: the bar gives way to the outcome.
#[component]
pub fn Outcome(first: ImportReport, report: Resource<Result<ImportReport, Fault>>) -> impl IntoView {
    let state = RwSignal::new(first);
    follow(report, move |next| state.set(next));
    let file = Signal::derive(move || state.with(|state| state.import.file.clone()));
    let active = Memo::new(move |_| state.with(|state| state.active.clone()));
    let stands = Memo::new(move |_| state.with(|state| state.import.state.clone()));
    let bad = Memo::new(move |_| state.with(|state| (state.import.run, state.bad.clone())));
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
        {move || bad.with(|(run, rows)| (!rows.is_empty()).then(|| view! { <BadRows run=*run rows=rows.clone() total=stands.with(total) /> }))}
    }
    .into_any()
}

fn kind(state: &RunState) -> Option<&'static str> {
    matches!(state, RunState::Failed { .. }).then_some("failed")
}

/// Rows that were not taken in.
fn total(state: &RunState) -> u64 {
    match state {
        RunState::Done { outcome: RunOutcome::Imported(outcome) } => outcome.bad,
        _ => 0,
    }
}

/// Who brought it, and where to go from here.
#[component]
fn Ended(state: RwSignal<ImportReport>) -> impl IntoView {
    let import = state.with_untracked(|state| state.import.clone());
    let by = import.by.unwrap_or_else(|| "the command line".to_owned());
    view! {
        <p class="field-help">{format!("Started by {by} at ")} <MomentView moment=import.at /> "."</p>
        <p class="import-next">
            <a class="button" href="/leads">
                "See the leads"
            </a>
            <a class="button" href=IMPORT>
                "Import another file"
            </a>
        </p>
    }
    .into_any()
}

#[component]
fn BadRows(run: i64, rows: Vec<BadRow>, total: u64) -> impl IntoView {
    let shown = rows.len() as u64;
    let hint = if shown < total { format!(" The first {shown} are listed here.") } else { String::new() };
    let lines = rows.into_iter().map(|BadRow { line, reason, .. }| {
        view! {
            <tr>
                <th scope="row">{line}</th>
                <td>{reason}</td>
            </tr>
        }
    });
    view! {
        <section class="import-bad" aria-labelledby="import-bad">
            <h2 id="import-bad">"Rows not taken in"</h2>
            <p>
                {format!("{} of the file could not be taken in.{hint} ", count(total, "row"))}
                <a href=format!("{}/bad-rows.csv", run_path(run)) download="">
                    "Download them as CSV"
                </a> ", mend them there and import that file."
            </p>
            <div class="table-scroll">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Line"</th>
                            <th scope="col">"Reason"</th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
