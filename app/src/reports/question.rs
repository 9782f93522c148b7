use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Asked, order::Order};
use crate::ui::{of_address, with_query};

/// What the page's address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub from: String,
    pub to: String,
    /// A user id, or empty.
    pub agent: String,
}

impl Question {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        of_address(|text| Self { from: text("from"), to: text("to"), agent: text("agent") })
    }

    /// What was asked for.
    pub fn of(asked: &Asked) -> Self {
        Self { from: asked.from.clone(), to: asked.to.clone(), agent: asked.agent.clone() }
    }

    /// Where it is answered, the agents in this order.
    pub fn address(&self, order: Order) -> String {
        self.below("/reports", &order.text())
    }

    /// Where its figures are downloaded.
    pub fn export(&self) -> String {
        self.below("/reports/report.csv", "")
    }

    /// Where its funnel is downloaded.
    pub fn funnel(&self) -> String {
        self.below("/reports/funnel.csv", "")
    }

    fn below(&self, path: &str, sort: &str) -> String {
        with_query(path, &[("from", &self.from), ("to", &self.to), ("agent", &self.agent), ("sort", sort)])
    }
}
