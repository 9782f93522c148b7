use leptos::prelude::*;

use super::{
    AgentRow, Dashboard, TeamToday, pipeline::Pipeline, target_bar::percent, team_runs::TeamRuns, team_table::TeamTable,
};
use crate::ui::{Empty, PageHead, Tile, Tiles, count};

/// A manager's dashboard: the team's day, its runs and the pipeline. What changes is changed in place.
#[component]
pub fn TeamDay(
    state: RwSignal<Dashboard>,
    /// Whether it is all that the page shows, and so has the page's title.
    heads: bool,
) -> impl IntoView {
    let target = Memo::new(move |_| state.with(|state| state.target));
    let team = Memo::new(move |_| {
        let mut team = state.with(|state| state.team.clone().unwrap_or_default());
        team.agents.retain(matters);
        team
    });
    let nobody = Memo::new(move |_| team.with(|team| team.agents.is_empty()));
    let pipeline = Memo::new(move |_| team.with(|team| team.pipeline.clone()));
    let head = if heads {
        let purpose = move || state.with(|state| format!("The team today. Times are in {}.", state.time_zone));
        view! { <PageHead title="Dashboard" purpose=Signal::derive(purpose) /> }.into_any()
    } else {
        view! { <h2 class="team-title">"The team today"</h2> }.into_any()
    };
    view! {
        {head}
        {move || if nobody.get() {
            no_agents()
        } else {
            view! {
                <Figures team target />
                <TeamTable team target />
            }
            .into_any()
        }}
        <div class="columns">
            <TeamRuns team />
            {move || view! { <Pipeline parts=pipeline.get() /> }}
        </div>
    }
    .into_any()
}

/// Banned agents are shown as long as they have something of the day or on their name.
fn matters(agent: &AgentRow) -> bool {
    !agent.banned || agent.calls + agent.load + agent.due + agent.overdue > 0
}

fn no_agents() -> AnyView {
    view! {
        <Empty title="No agents yet">"Users whose role works a queue are shown here with their calls of the day."</Empty>
    }
    .into_any()
}

/// The team's sums.
#[component]
fn Figures(team: Memo<TeamToday>, target: Memo<i64>) -> impl IntoView {
    let sum = move |of: fn(&AgentRow) -> i64| Memo::new(move |_| team.with(|team| team.agents.iter().map(of).sum()));
    let text = |number: Memo<i64>| Signal::derive(move || number.get().to_string());
    let [calls, connected] = [sum(|agent| agent.calls), sum(|agent| agent.connected)];
    let [due, overdue] = [sum(|agent| agent.due), sum(|agent| agent.overdue)];
    let [load, cap] = [sum(|agent| agent.load), sum(|agent| agent.cap)];
    let expected = sum(|agent| i64::from(!agent.banned));
    let of_target = move || {
        let expected = expected.get() * target.get();
        format!("{} % of {expected}", percent(calls.get(), expected))
    };
    let answered = move || format!("{} % of the calls", percent(connected.get(), calls.get()));
    let follow_ups = move || count(due.get().unsigned_abs() + overdue.get().unsigned_abs(), "follow-up");
    let places = move || format!("leads, of {} places", cap.get());
    let tiles = vec![
        Tile::new("Calls today", text(calls), Signal::derive(of_target)),
        Tile::new("Connected", text(connected), Signal::derive(answered)),
        Tile::new("Due later today", text(due), Signal::derive(move || format!("of {}", follow_ups()))),
        Tile::new("Overdue", text(overdue), "their time has passed".to_owned()),
        Tile::new("On the queues", text(load), Signal::derive(places)),
    ];
    view! { <Tiles tiles /> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banned_agents_are_shown_while_they_have_calls_or_leads() {
        let agent = |banned, calls, load, overdue| {
            let name = String::new();
            matters(&AgentRow { id: 1, name, banned, calls, connected: 0, load, cap: 9, due: 0, overdue })
        };
        assert!(agent(false, 0, 0, 0));
        assert!(agent(true, 1, 0, 0) && agent(true, 0, 1, 0) && agent(true, 0, 0, 1));
        assert!(!agent(true, 0, 0, 0));
    }
}
