use calliyo_domain::job::AgentShare;
use leptos::prelude::*;

use super::{NamedShare, share_bar::share_bar};

/// What the last run did to each agent's queue.
#[component]
pub fn Shares(shares: Memo<Vec<NamedShare>>) -> impl IntoView {
    view! {
        <Show when=move || shares.with(|shares| !shares.is_empty())>
            <details class="shares">
                <summary>"By agent"</summary>
                <ShareTable shares chart=false />
            </details>
        </Show>
    }
    .into_any()
}

/// What a run did to each agent's queue, in numbers, and with `chart` as bars too.
#[component]
pub fn ShareTable(shares: Memo<Vec<NamedShare>>, chart: bool) -> impl IntoView {
    let rows = move || {
        let shares = shares.get();
        let widest = widest(&shares);
        shares.into_iter().map(|share| view! { <Row share widest=chart.then_some(widest) /> }).collect_view()
    };
    view! {
        // What scrolls must be reached by keyboard.
        <div class="table-scroll" role="region" aria-label="Leads on each agent's queue" tabindex="0">
            <table class="numbers">
                <caption class="visually-hidden">"Leads on each agent's queue before and after the run"</caption>
                <thead>
                    <tr>
                        {["Agent", "Before", "Given", "Taken", "After / cap"]
                            .map(|title| view! { <th scope="col">{title}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(
    share: NamedShare,
    /// What fills the bar's width; nothing where none is drawn.
    widest: Option<i64>,
) -> impl IntoView {
    let NamedShare { name, share } = share;
    let AgentShare { before, given, taken, after, cap, .. } = share;
    let bar = widest.map(|widest| share_bar(&share, widest));
    view! {
        <tr>
            <th scope="row">{name} {bar}</th>
            <td>{before}</td>
            <td>{given}</td>
            <td>{taken}</td>
            <td>{format!("{after} / {cap}")}</td>
        </tr>
    }
    .into_any()
}

/// The most that any bar shows.
fn widest(shares: &[NamedShare]) -> i64 {
    let most = shares.iter().map(|NamedShare { share, .. }| share.before.max(share.after).max(share.cap)).max();
    most.unwrap_or(0).max(1)
}
