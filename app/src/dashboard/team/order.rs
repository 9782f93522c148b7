use std::cmp::Ordering;

use calliyo_domain::order::{self, Column, by_name};

use crate::dashboard::AgentRow;

/// What the team's table can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TeamColumn {
    #[default]
    Agent,
    Calls,
    Connected,
    Queue,
    Due,
    Overdue,
}

impl Column for TeamColumn {
    const ALL: &'static [Self] = &[Self::Agent, Self::Calls, Self::Connected, Self::Queue, Self::Due, Self::Overdue];

    fn title(self) -> &'static str {
        match self {
            Self::Agent => "Agent",
            Self::Calls => "Calls today",
            Self::Connected => "Connected",
            Self::Queue => "Queue",
            Self::Due => "Due later",
            Self::Overdue => "Overdue",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Calls => "calls",
            Self::Connected => "connected",
            Self::Queue => "queue",
            Self::Due => "due",
            Self::Overdue => "overdue",
        }
    }

    fn is_figure(self) -> bool {
        self != Self::Agent
    }
}

/// The order of the team's table: by name, unless something else is chosen.
pub type Order = order::Order<TeamColumn>;

/// Which of two agents stands above the other. Equal ones are by name whatever the direction, so that none of them
/// jumps.
pub fn compare(order: Order, a: &AgentRow, b: &AgentRow) -> Ordering {
    let names = by_name(&a.name, &b.name);
    let ascending = match order.by {
        TeamColumn::Agent => names,
        // All have the same target: the most calls are the largest share of it.
        TeamColumn::Calls => a.calls.cmp(&b.calls),
        TeamColumn::Connected => a.connected.cmp(&b.connected),
        TeamColumn::Queue => (a.load * b.cap.max(1)).cmp(&(b.load * a.cap.max(1))),
        TeamColumn::Due => a.due.cmp(&b.due),
        TeamColumn::Overdue => a.overdue.cmp(&b.overdue),
    };
    order.directed(ascending).then(names).then(a.id.cmp(&b.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(text: &str, mut agents: Vec<AgentRow>) -> Vec<i64> {
        let order = Order::of_text(text);
        agents.sort_by(|a, b| compare(order, a, b));
        agents.into_iter().map(|agent| agent.id).collect()
    }

    fn agent(id: i64, name: &str) -> AgentRow {
        AgentRow { id, name: name.to_owned(), cap: 10, ..AgentRow::default() }
    }

    #[test]
    fn by_name_without_regard_to_case_and_then_by_id() {
        let agents = || vec![agent(4, "Bela"), agent(3, "bela"), agent(2, "Élan"), agent(1, "asha")];
        for text in ["", "agent", "nonsense", "-"] {
            assert_eq!(sorted(text, agents()), [1, 3, 4, 2], "{text}");
        }
        assert_eq!(sorted("-agent", agents()), [2, 3, 4, 1]);
    }

    #[test]
    fn numbers_in_names_go_by_their_size() {
        let agents = vec![agent(1, "Agent 10"), agent(2, "Agent 2"), agent(3, "agent 1")];
        assert_eq!(sorted("", agents), [3, 2, 1]);
    }

    #[test]
    fn equal_figures_are_by_name_in_both_directions() {
        let with = |id, name, calls| AgentRow { calls, ..agent(id, name) };
        let agents = || vec![with(1, "Chand", 5), with(2, "Bela", 5), with(3, "Asha", 1), with(4, "Dev", 9)];
        assert_eq!(sorted("calls", agents()), [3, 2, 1, 4]);
        assert_eq!(sorted("-calls", agents()), [4, 2, 1, 3]);
    }

    #[test]
    fn queues_are_held_against_their_caps() {
        let with = |id, load, cap| AgentRow { load, cap, ..agent(id, "Asha") };
        let agents = vec![with(1, 50, 100), with(2, 9, 10), with(3, 0, 0), with(4, 1, 0), with(5, 0, 9)];
        assert_eq!(sorted("-queue", agents), [4, 2, 1, 3, 5], "who has no place and a lead has too many");
    }

    #[test]
    fn each_figure_has_its_column() {
        let one = agent(1, "Asha");
        for (key, more) in [
            ("calls", AgentRow { calls: 1, ..agent(2, "Bela") }),
            ("connected", AgentRow { connected: 1, ..agent(2, "Bela") }),
            ("queue", AgentRow { load: 1, ..agent(2, "Bela") }),
            ("due", AgentRow { due: 1, ..agent(2, "Bela") }),
            ("overdue", AgentRow { overdue: 1, ..agent(2, "Bela") }),
        ] {
            assert_eq!(sorted(&format!("-{key}"), vec![one.clone(), more]), [2, 1], "{key}");
        }
    }
}
