use calliyo_domain::status::Status;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Fault;

/// One page of leads, newest first, and what to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadPage {
    pub rows: Vec<LeadRow>,
    /// Give it as `before` to get the next page; nothing on the last.
    pub next: Option<i64>,
    /// The pipeline.
    pub statuses: Vec<Status>,
    /// Who may own leads; only for those who see all leads.
    pub owners: Vec<Owner>,
    /// IANA name of the company's zone, which the times are in.
    pub time_zone: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    pub id: i64,
    pub name: String,
    /// Leads on the queue.
    pub load: i64,
    pub cap: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadRow {
    pub id: i64,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub status: String,
    pub status_id: i64,
    /// Since when on this status, company time.
    pub since: String,
    pub owner: Option<String>,
    pub tags: Vec<String>,
}

/// Leads that the viewer may see: all with `management`, their own otherwise. `status` is a status id, `owner` a
/// user id or `none`; empty or unknown text filters nothing. `before` is a lead id, from [`LeadPage::next`].
#[server(ListLeads, endpoint = "leads", input = leptos::server_fn::codec::GetUrl)]
pub async fn list_leads(
    #[server(default)] status: String,
    #[server(default)] owner: String,
    #[server(default)] before: String,
) -> Result<LeadPage, Fault> {
    crate::server::leads::list(&status, &owner, &before).await
}
