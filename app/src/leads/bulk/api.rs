use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, leads::Filter};

/// What became of the chosen leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Changed {
    Assigned {
        leads: u64,
        /// How many agents received some.
        agents: u64,
        /// Leads that one of the agents has already and keeps.
        kept: u64,
        /// Leads that nobody had room for.
        left: u64,
    },
    Status {
        leads: u64,
        status: i64,
        /// Leads that were on it already.
        same: u64,
        /// Leads that nobody owns, and that would need an owner.
        ownerless: u64,
    },
}

/// Gives the leads `ids`, or `all` that match the filter, to these agents: evenly, and to nobody above the cap.
#[server(AssignLeads, endpoint = "leads/assign")]
pub async fn assign_leads(
    #[server(default)] filter: Filter,
    #[server(default)] all: bool,
    #[server(default)] ids: Vec<i64>,
    #[server(default)] agents: Vec<i64>,
) -> Result<Changed, Fault> {
    crate::server::lead_bulk::assign(&filter, all, ids, &agents).await
}

/// Puts the leads `ids`, or `all` that match the filter, on this status.
#[server(SetLeadStatus, endpoint = "leads/status")]
pub async fn set_lead_status(
    #[server(default)] filter: Filter,
    #[server(default)] all: bool,
    #[server(default)] ids: Vec<i64>,
    #[server(default)] status: String,
) -> Result<Changed, Fault> {
    crate::server::lead_bulk::set_status(&filter, all, ids, &status).await
}
