use leptos::prelude::*;

use super::{DraftRow, draft_path};
use crate::ui::MomentView;

/// The viewer's files that were brought and not imported.
#[component]
pub fn WaitingFiles(drafts: Signal<Vec<DraftRow>>) -> impl IntoView {
    let item = |DraftRow { id, file, at }: DraftRow| {
        view! {
            <li>
                <a href=draft_path(id)>{file}</a> " uploaded " <MomentView moment=at zone=true />
            </li>
        }
    };
    move || {
        let drafts = drafts.get();
        (!drafts.is_empty()).then(|| {
            view! {
                <section class="import-waiting" aria-labelledby="import-waiting">
                    <h2 id="import-waiting">"Not imported yet"</h2>
                    <p class="field-help">"Files that you brought and only looked at. They are forgotten after a day."</p>
                    <ul>{drafts.into_iter().map(item).collect_view()}</ul>
                </section>
            }
        })
    }
}
