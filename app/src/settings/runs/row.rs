use leptos::prelude::*;

use super::{History, RunRow, address::run_address, words};
use crate::ui::{MomentView, kept};

/// A run of the list; on phones the style makes it a card.
#[component]
pub fn Row(state: RwSignal<History>, id: i64) -> impl IntoView {
    let row = kept(move || state.with(|state| state.rows.iter().find(|row| row.id == id).cloned()));
    let text = move |of: fn(&RunRow) -> String| Memo::new(move |_| row.with(|row| row.as_ref().map(of)));
    let look = Memo::new(move |_| row.with(|row| row.as_ref().map(words::look)));
    let version = |row: &RunRow| row.settings_version.map_or_else(none, |version| version.to_string());
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" data-column="when">
                <a href=run_address(id)>
                    <When row />
                </a>
            </th>
            <td role="cell" data-column="job">
                {text(|row| row.job.title().to_owned())}
            </td>
            <td role="cell" data-column="trigger">
                {text(words::trigger)}
            </td>
            <td role="cell" data-column="duration">
                {text(|row| words::took(row).unwrap_or_else(none))}
            </td>
            <td role="cell" data-column="outcome">
                <p class="outcome" data-kind=look>
                    {text(words::outcome)}
                </p>
            </td>
            <td role="cell" data-column="version">
                {text(version)}
            </td>
        </tr>
    }
    .into_any()
}

fn none() -> String {
    "–".to_owned()
}

/// When a run began, or the date that went by without it.
#[component]
pub fn When(#[prop(into)] row: Signal<Option<RunRow>>) -> impl IntoView {
    let when = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|row| (words::missed_date(row).map(str::to_owned), row.began.clone())))
    });
    move || match when.get() {
        Some((Some(date), _)) => view! { <time>{date}</time> }.into_any(),
        Some((None, moment)) => view! { <MomentView moment zone=true /> }.into_any(),
        None => ().into_any(),
    }
}
