use calliyo_domain::{Invalid, lead_set::LeadSet, status::Status};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Filter, views::SavedView};
use crate::{Fault, ui::Moment};

/// One page of leads and what to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadPage {
    pub rows: Vec<LeadRow>,
    /// Give it as `before` to get the page before; nothing on the first.
    pub previous: Option<String>,
    /// Give it as `after` to get the next page; nothing on the last.
    pub next: Option<String>,
    /// How many there are on all pages.
    pub found: Found,
    /// What of the filter can't be read; then nothing is listed.
    pub problem: Option<Invalid>,
    pub choices: Choices,
    /// The viewer's own.
    pub views: Vec<SavedView>,
    /// Whether the viewer sees all leads, and so may save views and download.
    pub manages: bool,
    /// IANA name of the company's zone, which the times are in.
    pub time_zone: String,
}

/// A count that goes no further than it must.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub count: i64,
    /// Whether there are more than were counted.
    pub more: bool,
    /// Which they are, for who may change them all: nothing where there are more.
    pub set: Option<LeadSet>,
}

/// What to filter by, and what to change leads to. Of all but the pipeline only those who see all leads are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The pipeline.
    pub statuses: Vec<Status>,
    /// Who may own leads.
    pub owners: Vec<Owner>,
    /// Those of them who may be given leads now.
    pub receivers: Vec<Owner>,
    pub tags: Vec<String>,
    pub sources: Vec<String>,
    /// The file of the import that is asked for.
    pub import: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    pub id: i64,
    pub name: String,
    /// Leads on the queue.
    pub load: i64,
    pub cap: i64,
}

impl Owner {
    /// Name and queue, for who chooses among owners.
    pub fn label(&self) -> String {
        format!("{} ({} of {})", self.name, self.load, self.cap)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadRow {
    pub id: i64,
    pub version: i64,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub status: String,
    pub status_id: i64,
    /// Since when on this status.
    pub since: Moment,
    pub owner: Option<String>,
    pub tags: Vec<String>,
}

/// Leads that the viewer may see: all with `management`, their own otherwise. `after` is from
/// [`LeadPage::next`], `before` from [`LeadPage::previous`].
#[server(ListLeads, endpoint = "leads", input = leptos::server_fn::codec::GetUrl)]
pub async fn list_leads(
    #[server(default)] filter: Filter,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<LeadPage, Fault> {
    crate::server::leads::list(&filter, &after, &before).await
}
