use leptos::prelude::*;

use super::{AgentRow, TeamToday, target_bar::percent};
use crate::ui::kept;

/// Each agent's day; on phones the style makes each row a card. Rows stay in place while their figures change, so that
/// neither the focus nor what is read gets lost.
#[component]
pub fn TeamTable(team: Memo<TeamToday>, target: Memo<i64>) -> impl IntoView {
    let ids = move || team.with(|team| team.agents.iter().map(|agent| agent.id).collect::<Vec<_>>());
    view! {
        <div class="table-scroll">
            <table class="row-cards team" role="table">
                <caption class="visually-hidden">"Each agent today"</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {["Agent", "Calls today", CONNECTED, QUEUE, DUE, OVERDUE]
                            .map(|title| view! { <th scope="col" role="columnheader">{title}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=ids key=|id| *id children=move |id| view! { <Row team target id /> } />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

const CONNECTED: &str = "Connected";
const QUEUE: &str = "Queue";
const DUE: &str = "Due later";
const OVERDUE: &str = "Overdue";

#[component]
fn Row(team: Memo<TeamToday>, target: Memo<i64>, id: i64) -> impl IntoView {
    let agent = kept(move || team.with(|team| team.agents.iter().find(|agent| agent.id == id).cloned()));
    let text = move |of: fn(&AgentRow) -> String| {
        Memo::new(move |_| agent.with(|agent| agent.as_ref().map(of).unwrap_or_default()))
    };
    let calls = Memo::new(move |_| agent.with(|agent| agent.as_ref().map_or(0, |agent| agent.calls)));
    let overdue = text(|agent| agent.overdue.to_string());
    let late = move || overdue.with(|overdue| overdue != "0").then_some("");
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <a href=format!("/leads?owner={id}")>{text(|agent| agent.name.clone())}</a>
                {text(|agent| if agent.banned { " (banned)".to_owned() } else { String::new() })}
            </th>
            <td role="cell" data-column="calls">
                <div class="progress">
                    <div class="progress-text">
                        <span>{move || format!("{} of {}", calls.get(), target.get())}</span>
                        <span class="progress-count">{move || format!("{} %", percent(calls.get(), target.get()))}</span>
                    </div>
                    <progress
                        aria-label=text(|agent| format!("Calls of {} today", agent.name))
                        max=target
                        value=move || calls.get().min(target.get())
                    ></progress>
                </div>
            </td>
            <td role="cell" data-title=CONNECTED>{text(|agent| agent.connected.to_string())}</td>
            <td role="cell" data-title=QUEUE>{text(|agent| format!("{} of {}", agent.load, agent.cap))}</td>
            <td role="cell" data-title=DUE>{text(|agent| agent.due.to_string())}</td>
            <td role="cell" data-title=OVERDUE data-some=late>{overdue}</td>
        </tr>
    }
    .into_any()
}
