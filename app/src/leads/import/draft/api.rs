use calliyo_domain::{Invalid, import::Column};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Fault;

/// What a file holds, by what its columns are taken as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPage {
    pub id: i64,
    /// The file's name.
    pub file: String,
    /// Nothing while the file can't be read as a table.
    pub columns: Vec<DraftColumn>,
    /// The line that names the columns.
    pub header_line: u64,
    /// The first lines that hold something, to choose from.
    pub first_lines: Vec<(u64, String)>,
    /// What the file may be written in, where that can't be told by looking.
    pub encodings: Vec<DraftEncoding>,
    pub encoding: String,
    pub commas_in_tags: bool,
    /// Whose numbers phones without a country code are (ISO 3166-1 alpha-2): the company's country.
    pub country: String,
    /// Columns that are passed over though they fit as well as one that isn't.
    pub also_fit: Vec<String>,
    /// What stands in the way, or is to be chosen.
    pub problem: Option<Invalid>,
    /// Nothing while [`Self::problem`] stands in the way.
    pub preview: Option<Preview>,
}

/// What a file may be written in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftEncoding {
    pub key: String,
    pub title: String,
    /// Words of the file as they would be.
    pub sample: String,
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftColumn {
    /// As the file calls it, cut where it is long.
    pub name: String,
    /// What the first row has there.
    pub sample: String,
    /// Nothing: it is passed over.
    pub taken_as: Option<Column>,
}

/// How a draft is to be read, as forms and addresses spell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftChoice {
    /// The line that names the columns; empty: the first that holds something.
    pub header: String,
    pub encoding: String,
    /// [`WHOLE_TAGS`] where commas belong to tags.
    pub tags: String,
    /// The line under which the columns were chosen: under another they mean nothing.
    pub under: String,
}

/// Commas belong to tags.
pub const WHOLE_TAGS: &str = "semicolons";

impl DraftChoice {
    /// From the parameters of an address.
    pub fn of(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name| get(name).unwrap_or_default();
        Self { header: get("header"), encoding: get("encoding"), tags: get("tags"), under: get("under") }
    }

    /// As parameters of an address.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, &str); 4] {
        [("header", &self.header), ("encoding", &self.encoding), ("tags", &self.tags), ("under", &self.under)]
    }

    /// Whether columns were chosen under another line than the one that is to name them.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        !self.under.is_empty() && self.under != self.header
    }
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
    /// Of the good rows, those whose email is none.
    pub without_email: u64,
    pub rows: Vec<PreviewRow>,
}

/// A row as it would be taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    pub line: u64,
    /// In the order of [`Column::ALL`]; of a bad row what the file has.
    pub cells: Vec<String>,
    pub problem: Option<Problem>,
    /// What is left out of a row that is taken in.
    pub remark: Option<String>,
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
pub async fn read_import_draft(
    id: i64,
    #[server(default)] columns: String,
    #[server(default)] choice: DraftChoice,
) -> Result<DraftPage, Fault> {
    crate::server::import_drafts::read(id, &columns, &choice).await
}

/// Has the draft taken in, after the imports that wait already, and goes to the run's page. `country` is whose phones the
/// preview took.
#[server(StartImport, endpoint = "leads/import/start")]
pub async fn start_import(
    id: i64,
    #[server(default)] columns: Vec<String>,
    #[server(default)] header: String,
    #[server(default)] encoding: String,
    #[server(default)] tags: String,
    #[server(default)] under: String,
    #[server(default)] country: String,
) -> Result<(), Fault> {
    crate::server::import_drafts::start(id, columns, DraftChoice { header, encoding, tags, under }, &country).await
}

/// Forgets the draft.
#[server(DiscardImport, endpoint = "leads/import/discard")]
pub async fn discard_import(id: i64) -> Result<(), Fault> {
    crate::server::import_drafts::discard(id).await
}
