use calliyo_domain::{Invalid, import::Column};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Fault;

/// What a file holds, by what its columns are taken as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPage {
    pub id: i64,
    /// The file's name.
    pub file: String,
    pub columns: Vec<DraftColumn>,
    /// What is missing of the choice of columns.
    pub problem: Option<Invalid>,
    /// Nothing while [`Self::problem`] stands in the way.
    pub preview: Option<Preview>,
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftColumn {
    /// As the file's first line calls it.
    pub name: String,
    /// What the first row has there.
    pub sample: String,
    /// Nothing: it is passed over.
    pub taken_as: Option<Column>,
}

/// How many rows of the whole file are what, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub good: u64,
    /// Rows that can't be taken in.
    pub bad: u64,
    /// Rows whose phone a lead has.
    pub there: u64,
    /// Rows whose phone an earlier row has.
    pub repeated: u64,
    pub rows: Vec<PreviewRow>,
}

/// A row as it would be taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    pub line: u64,
    /// In the order of [`Column::ALL`]; of a bad row what the file has.
    pub cells: Vec<String>,
    pub problem: Option<Problem>,
}

/// Why a row would be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Bad(String),
    /// This lead has its phone; nothing where it isn't the viewer's to see.
    Lead {
        lead: Option<i64>,
        name: String,
    },
    /// The row on this line has its phone.
    Line(u64),
}

/// The viewer's draft `id`. `columns` is what each column is taken as, as [`calliyo_domain::import::Mapping::text`] has it;
/// empty: what its name says.
#[server(ReadImportDraft, endpoint = "leads/import/draft", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_import_draft(id: i64, #[server(default)] columns: String) -> Result<DraftPage, Fault> {
    crate::server::import_drafts::read(id, &columns).await
}

/// Has the draft taken in, after the imports that wait already, and goes to the run's page.
#[server(StartImport, endpoint = "leads/import/start")]
pub async fn start_import(id: i64, #[server(default)] columns: Vec<String>) -> Result<(), Fault> {
    crate::server::import_drafts::start(id, columns).await
}

/// Forgets the draft.
#[server(DiscardImport, endpoint = "leads/import/discard")]
pub async fn discard_import(id: i64) -> Result<(), Fault> {
    crate::server::import_drafts::discard(id).await
}
