use std::cmp::Ordering;

use calliyo_domain::order::{self, Column};

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

/// Compares two agents by a figure.
pub fn compare(by: TeamColumn, a: &AgentRow, b: &AgentRow) -> Ordering {
    match by {
        TeamColumn::Agent => Ordering::Equal,
        // All have the same target: the most calls are the largest share of it.
        TeamColumn::Calls => a.calls.cmp(&b.calls),
        TeamColumn::Connected => a.connected.cmp(&b.connected),
        TeamColumn::Queue => (a.load * b.cap.max(1)).cmp(&(b.load * a.cap.max(1))),
        TeamColumn::Due => a.due.cmp(&b.due),
        TeamColumn::Overdue => a.overdue.cmp(&b.overdue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(text: &str, mut agents: Vec<AgentRow>) -> Vec<i64> {
        Order::of_text(text).sort(&mut agents, compare);
        agents.into_iter().map(|agent| agent.id).collect()
    }

    fn agent(id: i64, name: &str) -> AgentRow {
        AgentRow { id, name: name.to_owned(), cap: 10, ..AgentRow::default() }
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
