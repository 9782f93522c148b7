use serde::{Deserialize, Serialize};

use super::{Section, SectionKey};
use crate::Invalid;

/// Settings → Configurations → Show customer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShowCustomer {
    /// Holders of `management` see every customer; an agent without it sees their own conversions.
    All,
    /// An agent sees their own conversions only; holders of `management` who are no agents see all.
    AgentOnly,
}

impl Section for ShowCustomer {
    const KEY: SectionKey = SectionKey::ShowCustomer;
}

impl ShowCustomer {
    /// In the order they are offered.
    pub const ALL: [Self; 2] = [Self::All, Self::AgentOnly];

    /// How it is stored and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AgentOnly => "agent_only",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::AgentOnly => "Agent Only",
        }
    }

    /// Checks what a form brought.
    ///
    /// # Errors
    /// Names the field (`show_customer`) and what is allowed.
    pub fn from_form(key: &str) -> Result<Self, Invalid> {
        let chosen = Self::ALL.into_iter().find(|choice| choice.key() == key);
        chosen.ok_or_else(|| Invalid::new("show_customer", "Show customer to is either All or Agent Only."))
    }
}
