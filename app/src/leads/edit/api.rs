use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, leads::Owner, made_under::PhoneCountry};

/// What a person types about a lead; kept in the page's address when a form posted without JavaScript is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeadDraft {
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub email: String,
    /// Separated by semicolons.
    pub tags: String,
    pub source: String,
    /// A user's id; empty: nobody. Only a new lead is given an owner here.
    pub owner: String,
}

/// What the form of a new lead starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLeadForm {
    /// The agents who have room.
    pub owners: Vec<Owner>,
    pub country: PhoneCountry,
}

/// What the form that edits a lead starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadRecord {
    pub id: i64,
    /// The one that the form is opened on.
    pub version: i64,
    pub name: String,
    pub stored: LeadDraft,
    pub country: PhoneCountry,
}

#[server(ReadNewLead, endpoint = "leads/new", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_new_lead() -> Result<NewLeadForm, Fault> {
    crate::server::lead_fields::new().await
}

/// Adds a lead and goes to its page. `country` is whose phones the form says it takes.
#[server(AddLead, endpoint = "leads/add")]
pub async fn add_lead(#[server(default)] lead: LeadDraft, #[server(default)] country: String) -> Result<(), Fault> {
    crate::server::lead_fields::add(lead, &country).await
}

/// The lead `id`, for its owner (with `tasks`) or with `management`, as editing is.
#[server(ReadLeadRecord, endpoint = "lead/record", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_lead_record(id: i64) -> Result<LeadRecord, Fault> {
    crate::server::lead_fields::read(id).await
}

/// Stores what was edited and goes to the lead's page, if the lead is still at `version`. `country` is whose phones the
/// form says it takes.
#[server(EditLead, endpoint = "lead/edit")]
pub async fn edit_lead(
    id: i64,
    #[server(default)] version: i64,
    #[server(default)] lead: LeadDraft,
    #[server(default)] country: String,
) -> Result<(), Fault> {
    crate::server::lead_fields::edit(id, version, lead, &country).await
}
