use std::cmp::Ordering;

use crate::dashboard::AgentRow;

/// What the team's table can be sorted by, in the order of its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    #[default]
    Agent,
    Calls,
    Connected,
    Queue,
    Due,
    Overdue,
}

impl Column {
    pub const ALL: [Self; 6] = [Self::Agent, Self::Calls, Self::Connected, Self::Queue, Self::Due, Self::Overdue];

    pub fn title(self) -> &'static str {
        match self {
            Self::Agent => "Agent",
            Self::Calls => "Calls today",
            Self::Connected => "Connected",
            Self::Queue => "Queue",
            Self::Due => "Due later",
            Self::Overdue => "Overdue",
        }
    }

    /// What the address calls it.
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
}

/// The order of the team's table: by name, unless something else is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub by: Column,
    pub descending: bool,
}

impl Order {
    /// What the address says: `calls` or, descending, `-calls`.
    pub fn of_text(text: &str) -> Self {
        let (descending, key) = text.strip_prefix('-').map_or((false, text), |key| (true, key));
        let by = Column::ALL.into_iter().find(|column| column.key() == key);
        by.map(|by| Self { by, descending }).unwrap_or_default()
    }

    /// What the address says; nothing for the order that needs no saying.
    pub fn text(self) -> String {
        let sign = if self.descending { "-" } else { "" };
        if self == Self::default() { String::new() } else { format!("{sign}{}", self.by.key()) }
    }

    /// What the column's head leads to: the other direction, or the column's first one, names from A and the largest
    /// figures on top.
    pub fn after(self, column: Column) -> Self {
        let descending = if self.by == column { !self.descending } else { column != Column::Agent };
        Self { by: column, descending }
    }

    /// Which of two agents stands above the other. Equal ones are by name whatever the direction, so that none of them
    /// jumps.
    pub fn compare(self, a: &AgentRow, b: &AgentRow) -> Ordering {
        let name = |agent: &AgentRow| agent.name.to_lowercase();
        let by_name = || name(a).cmp(&name(b));
        let order = match self.by {
            Column::Agent => by_name(),
            // All have the same target: the most calls are the largest share of it.
            Column::Calls => a.calls.cmp(&b.calls),
            Column::Connected => a.connected.cmp(&b.connected),
            Column::Queue => (a.load * b.cap.max(1)).cmp(&(b.load * a.cap.max(1))),
            Column::Due => a.due.cmp(&b.due),
            Column::Overdue => a.overdue.cmp(&b.overdue),
        };
        let order = if self.descending { order.reverse() } else { order };
        order.then_with(by_name).then(a.id.cmp(&b.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(text: &str, mut agents: Vec<AgentRow>) -> Vec<i64> {
        let order = Order::of_text(text);
        agents.sort_by(|a, b| order.compare(a, b));
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

    #[test]
    fn heads_turn_the_order_around() {
        let after = |text: &str, column| Order::of_text(text).after(column).text();
        assert_eq!(after("", Column::Calls), "-calls");
        assert_eq!(after("-calls", Column::Calls), "calls");
        assert_eq!(after("calls", Column::Agent), "");
        assert_eq!(after("", Column::Agent), "-agent");
    }
}
