use calliyo_domain::{
    import::sentence,
    job::{Outcome, RunState},
};
use leptos::prelude::*;

use super::{PastImport, run_path};
use crate::ui::{Heads, MomentView};

/// The latest imports, newest first.
#[component]
pub fn Latest(latest: Signal<Vec<PastImport>>) -> impl IntoView {
    let content = move || {
        let imports = latest.get();
        if imports.is_empty() {
            view! { <p class="field-help">"No leads have been imported yet."</p> }.into_any()
        } else {
            view! { <Table imports /> }.into_any()
        }
    };
    view! {
        <section class="import-latest" aria-labelledby="import-latest">
            <h2 id="import-latest">"Latest imports"</h2>
            {content}
        </section>
    }
    .into_any()
}

/// On phones the style makes each row a card; the roles are spelled out since browsers then drop them.
#[component]
fn Table(imports: Vec<PastImport>) -> impl IntoView {
    let rows = imports.into_iter().map(|PastImport { run, file, at, by, state }| {
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">
                    <a href=run_path(run)>{file}</a>
                </th>
                <td role="cell" data-column="at">
                    <MomentView moment=at zone=true />
                </td>
                <td role="cell" data-column="by">
                    {by.unwrap_or_else(|| "Command line".to_owned())}
                </td>
                <td role="cell" data-column="outcome">
                    {outcome(&state)}
                </td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll">
            <table class="imports row-lines" role="table" aria-labelledby="import-latest">
                <Heads titles=&["File", "Started", "By", "Outcome"] />
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Where an import stands, in one sentence.
pub fn outcome(state: &RunState) -> String {
    match state {
        RunState::Queued => "Waiting for its turn.".to_owned(),
        RunState::Running => "Being taken in.".to_owned(),
        RunState::Done { outcome: Outcome::Imported(outcome) } => sentence(outcome),
        RunState::Done { .. } => "Done.".to_owned(),
        RunState::Failed { reason } => {
            format!("The import failed: {}. Nothing was taken in.", reason.trim_end_matches('.'))
        }
        RunState::Missed => "Not run.".to_owned(),
    }
}
