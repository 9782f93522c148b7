use leptos::prelude::*;

use super::{AgentRow, Dashboard, Today, pipeline::Pipeline, target_bar::percent};
use crate::ui::{Empty, PageHead};

/// The team's day, agent by agent.
#[component]
pub fn TeamDay(state: RwSignal<Dashboard>) -> impl IntoView {
    let team = Memo::new(move |_| {
        state.with(|state| match &state.today {
            Today::Team(team) => (state.target, team.clone()),
            Today::Agent(_) => (state.target, Vec::new()),
        })
    });
    let pipeline = Memo::new(move |_| state.with(|state| state.pipeline.clone()));
    let purpose = move || {
        team.with(|(target, team)| {
            let calls: i64 = team.iter().map(|agent| agent.calls).sum();
            format!("The team today: {calls} calls, against a target of {target} for each agent.")
        })
    };
    view! {
        <PageHead title="Dashboard" purpose=Signal::derive(purpose) />
        {move || {
            let (target, team) = team.get();
            if team.is_empty() { nobody() } else { table(target, team) }
        }}
        {move || view! { <Pipeline parts=pipeline.get() /> }}
    }
    .into_any()
}

fn nobody() -> AnyView {
    view! {
        <Empty title="No agents yet">"Users whose role works a queue are shown here with their calls of the day."</Empty>
    }
    .into_any()
}

fn table(target: i64, team: Vec<AgentRow>) -> AnyView {
    view! {
        <div class="table-scroll">
            <table class="team">
                <caption class="visually-hidden">"Each agent today"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Agent"</th>
                        <th scope="col">"Calls today"</th>
                        <th scope="col">"Queue"</th>
                        <th scope="col">"Overdue"</th>
                    </tr>
                </thead>
                <tbody>{team.into_iter().map(|agent| row(target, agent)).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(target: i64, agent: AgentRow) -> impl IntoView {
    let AgentRow { id, name, banned, calls, load, cap, overdue } = agent;
    let label = format!("Calls of {name} today");
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/leads?owner={id}")>{name}</a>
                {banned.then_some(" (banned)")}
            </th>
            <td>
                <div class="progress">
                    <div class="progress-text">
                        <span>{format!("{calls} of {target}")}</span>
                        <span class="progress-count">{format!("{} %", percent(calls, target))}</span>
                    </div>
                    <progress aria-label=label max=target value=calls.min(target)></progress>
                </div>
            </td>
            <td class="number">{format!("{load} of {cap}")}</td>
            <td class="number" data-some=(overdue > 0).then_some("")>{overdue}</td>
        </tr>
    }
}
