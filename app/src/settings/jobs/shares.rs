use calliyo_domain::job::AgentShare;
use leptos::prelude::*;

use super::NamedShare;

/// What the last run did to each agent's queue.
#[component]
pub fn Shares(shares: Memo<Vec<NamedShare>>) -> impl IntoView {
    let rows = move || {
        shares
            .get()
            .into_iter()
            .map(|NamedShare { name, share }| {
                let AgentShare { before, given, taken, after, cap, .. } = share;
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td>{before}</td>
                        <td>{given}</td>
                        <td>{taken}</td>
                        <td>{format!("{after} / {cap}")}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || shares.with(|shares| !shares.is_empty())>
            <details class="shares">
                <summary>"By agent"</summary>
                <div class="table-scroll">
                    <table class="numbers">
                        <caption class="visually-hidden">"Leads on each agent's queue before and after the last run"</caption>
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
            </details>
        </Show>
    }
    .into_any()
}
