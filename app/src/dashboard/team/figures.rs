use leptos::prelude::*;

use crate::{
    dashboard::{AgentRow, TeamToday, target_bar::percent},
    ui::{Tile, Tiles, count, grouped, share},
};

/// The team's sums.
#[component]
pub fn TeamFigures(team: Memo<TeamToday>, target: Memo<i64>) -> impl IntoView {
    let sum = move |of: fn(&AgentRow) -> i64| Memo::new(move |_| team.with(|team| team.agents.iter().map(of).sum()));
    let text = |number: Memo<i64>| Signal::derive(move || grouped(number.get()));
    let [calls, connected] = [sum(|agent| agent.calls), sum(|agent| agent.connected)];
    let [due, overdue] = [sum(|agent| agent.due), sum(|agent| agent.overdue)];
    let [load, places] = [sum(|agent| agent.load), sum(AgentRow::places)];
    let expected = sum(|agent| i64::from(agent.is_expected()));
    let of_target = move || of_expected(calls.get(), expected.get() * target.get());
    let answered = move || format!("{} % of the calls", share(connected.get(), calls.get()));
    let follow_ups = move || count(due.get().unsigned_abs() + overdue.get().unsigned_abs(), "follow-up");
    let places = move || format!("leads; those receiving have {}", count(places.get().unsigned_abs(), "place"));
    let tiles = vec![
        Tile::new("Calls today", text(calls), Signal::derive(of_target)),
        Tile::new("Connected", text(connected), Signal::derive(answered)),
        Tile::new("Due later today", text(due), Signal::derive(move || format!("of {}", follow_ups()))),
        Tile::new("Overdue", text(overdue), "their time has passed".to_owned()),
        Tile::new("On the queues", text(load), Signal::derive(places)),
    ];
    view! { <Tiles tiles /> }.into_any()
}

/// Nobody may be expected to call: all on leave.
fn of_expected(calls: i64, expected: i64) -> String {
    match expected {
        0 => "none expected".to_owned(),
        expected => format!("{} % of {}", percent(calls, expected), grouped(expected)),
    }
}

#[cfg(test)]
mod tests {
    use super::of_expected;

    #[test]
    fn none_are_expected_of_those_on_leave() {
        assert_eq!(of_expected(9, 8), "112 % of 8");
        assert_eq!(of_expected(0, 0), "none expected");
    }
}
