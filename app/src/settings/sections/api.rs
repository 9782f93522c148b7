use calliyo_domain::{settings::SectionKey, status::Status};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Values;
use crate::Fault;

/// A section as saved, and what is needed to edit it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSection {
    /// Grows with each save; a form sends back the one it was opened with.
    pub version: i64,
    pub values: Values,
    /// The pipeline, where the section has statuses to select.
    pub statuses: Vec<Status>,
    pub choices: Choices,
    /// IANA name of the company's zone.
    pub time_zone: String,
    /// Who saved last and when (company time); nobody yet on a fresh company.
    pub saved: Option<SavedBy>,
}

/// What may be chosen in Settings → General; empty elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Code and name.
    pub countries: Vec<(String, String)>,
    /// IANA names.
    pub time_zones: Vec<String>,
}

/// Who saved a section, and when in company time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedBy {
    pub name: String,
    pub at: String,
}

/// What a person has typed into a section's form; kept in the page's address when a form posted without JavaScript
/// is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub version: i64,
    pub values: Values,
}

#[server(ReadSection, endpoint = "settings/section", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_section(section: SectionKey) -> Result<SavedSection, Fault> {
    crate::server::sections::read(section).await
}

/// Saves a section; asks for the signed-in user's password. Gives the new version and what was stored. `time_zone` is what
/// the form says its times of day are in.
#[server(SaveSection, endpoint = "settings/save")]
pub async fn save_section(
    section: SectionKey,
    version: i64,
    #[server(default)] values: Values,
    #[server(default)] time_zone: String,
    #[server(default)] password: String,
) -> Result<SavedSection, Fault> {
    crate::server::sections::save(section, Draft { version, values }, &time_zone, password).await
}
