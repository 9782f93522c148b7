use calliyo_domain::order::Column;
use leptos::{html, prelude::*};

use super::{order::TeamColumn, place::TeamPlace, rows::keeping_focus};
use crate::{
    dashboard::{AgentRow, TeamToday, target_bar::percent},
    ui::{SortHeads, kept},
};

/// Each agent's day; on phones the style makes each row a card. Rows stay the same while their figures and their order
/// change, so that neither the focus nor what is read gets lost.
#[component]
pub fn TeamTable(
    team: Memo<TeamToday>,
    target: Memo<i64>,
    place: Memo<TeamPlace>,
    /// The agents to show, in their order.
    ids: Memo<Vec<i64>>,
) -> impl IntoView {
    let body = NodeRef::<html::Tbody>::new();
    let shown = keeping_focus(ids, body);
    let order = Memo::new(move |_| place.with(|place| place.order));
    view! {
        <div class="table-scroll">
            <table class="row-cards team" role="table">
                <caption class="visually-hidden">"Each agent today"</caption>
                <SortHeads order address=move |order| place.with(|place| place.sorted(order).address()) />
                <tbody role="rowgroup" node_ref=body>
                    <For each=move || shown.get() key=|id| *id children=move |id| view! { <Row team target id /> } />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(team: Memo<TeamToday>, target: Memo<i64>, id: i64) -> impl IntoView {
    let agent = kept(move || team.with(|team| team.agents.iter().find(|agent| agent.id == id).cloned()));
    let text = move |of: fn(&AgentRow) -> String| {
        Memo::new(move |_| agent.with(|agent| agent.as_ref().map(of).unwrap_or_default()))
    };
    let state = Memo::new(move |_| agent.with(|agent| agent.as_ref().and_then(state)));
    let calls = Memo::new(move |_| agent.with(|agent| agent.as_ref().map_or(0, |agent| agent.calls)));
    let overdue = text(|agent| agent.overdue.to_string());
    let late = move || overdue.with(|overdue| overdue != "0").then_some("");
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <a href=format!("/leads?owner={id}")>{text(|agent| agent.name.clone())}</a>
                {move || state.get().map(|(kind, said)| view! { " " <span class="pill" data-kind=kind>{said}</span> })}
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
            <td role="cell" data-title=TeamColumn::Connected.title()>{text(|agent| agent.connected.to_string())}</td>
            <td role="cell" data-title=TeamColumn::Queue.title()>{text(|agent| format!("{} of {}", agent.load, agent.cap))}</td>
            <td role="cell" data-title=TeamColumn::Due.title()>{text(|agent| agent.due.to_string())}</td>
            <td role="cell" data-title=TeamColumn::Overdue.title() data-some=late>{overdue}</td>
        </tr>
    }
    .into_any()
}

/// Why an agent receives no leads; nothing for those who do.
fn state(agent: &AgentRow) -> Option<(&'static str, &'static str)> {
    match (agent.banned, agent.is_on_leave()) {
        (true, _) => Some(("banned", "Banned")),
        (false, true) => Some(("off", "On leave")),
        (false, false) => None,
    }
}
