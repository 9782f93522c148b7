use leptos::prelude::*;

use super::order::{Order, compare};
use crate::{
    dashboard::{AgentRow, DASHBOARD},
    ui::{of_address, with_query},
};

/// What the page's address asks the team's table for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamPlace {
    pub order: Order,
    /// Parts of the names of the agents to show, or empty.
    pub q: String,
}

impl TeamPlace {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        of_address(|text| Self { order: Order::of_text(&text("sort")), q: text("q").trim().to_owned() })
    }

    /// The same agents in this order.
    pub fn sorted(&self, order: Order) -> Self {
        Self { order, q: self.q.clone() }
    }

    /// The same order, with the agents that `q` finds.
    pub fn finding(&self, q: &str) -> Self {
        Self { order: self.order, q: q.to_owned() }
    }

    /// Where it is shown.
    pub fn address(&self) -> String {
        with_query(DASHBOARD, &[("sort", &self.order.text()), ("q", &self.q)])
    }

    /// The ids of those to show, in their order.
    pub fn ids(&self, agents: &[AgentRow]) -> Vec<i64> {
        let parts: Vec<String> = self.q.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let found = |agent: &&AgentRow| {
            let name = agent.name.to_lowercase();
            parts.iter().all(|part| name.contains(part))
        };
        let mut agents: Vec<_> = agents.iter().filter(found).collect();
        self.order.sort(&mut agents, |by, a, b| compare(by, a, b));
        agents.into_iter().map(|agent| agent.id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_are_found_by_parts_of_their_names() {
        let agent = |id, name: &str| AgentRow { id, name: name.to_owned(), ..AgentRow::default() };
        let agents = [agent(2, "Asha Rao"), agent(3, "Ashok Sharma"), agent(1, "Priya Sharma")];
        let found = |q: &str| TeamPlace::default().finding(q).ids(&agents);
        assert_eq!(found(""), [2, 3, 1]);
        assert_eq!(found("ASH"), [2, 3]);
        assert_eq!(found("sharm ash"), [3]);
        assert_eq!(found("nobody"), [0; 0]);
    }

    #[test]
    fn the_address_says_what_is_chosen() {
        let place = TeamPlace::default();
        assert_eq!(place.address(), "/dashboard");
        assert_eq!(place.sorted(Order::of_text("-calls")).finding("asha").address(), "/dashboard?sort=-calls&q=asha");
    }
}
