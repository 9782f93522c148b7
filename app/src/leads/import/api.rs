use calliyo_domain::{import::BadRow, job::RunState};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, settings::jobs::ActiveRun, ui::Moment};

/// How many of the rows that were not taken in the page shows, of the bad ones and of the duplicates.
pub const SHOWN: i64 = 100;

/// What the form's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// The viewer's files that were not imported yet, newest first.
    pub drafts: Vec<DraftRow>,
    /// The latest imports, newest first.
    pub latest: Vec<PastImport>,
    /// The company's country, by name.
    pub country: String,
}

/// A file that waits for its bringer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    pub id: i64,
    /// The file's name.
    pub file: String,
    /// When it was brought.
    pub at: Moment,
}

/// An import that was asked for, and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastImport {
    pub run: i64,
    /// The file's name.
    pub file: String,
    /// When it was asked for.
    pub at: Moment,
    /// Who asked; nobody on the command line.
    pub by: Option<String>,
    pub state: RunState,
}

/// One import as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    pub import: PastImport,
    /// The run while it waits or is at work.
    pub active: Option<ActiveRun>,
    /// The first [`SHOWN`] rows that were not taken in, without their cells.
    pub bad: Vec<BadRow>,
    /// The first [`SHOWN`] rows that were taken in without a part of them, without their cells.
    pub remarks: Vec<BadRow>,
    /// The first [`SHOWN`] rows whose phone a lead has.
    pub duplicates: Vec<DuplicateRow>,
}

/// A row whose phone a lead has, and that lead as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateRow {
    pub line: i64,
    /// As the file has it.
    pub name: String,
    pub phone: String,
    /// Nothing where it isn't the viewer's to see.
    pub lead: Option<i64>,
    pub lead_name: String,
    pub status_id: i64,
    pub status: String,
    /// Whether leads on its status are on the queue.
    pub on_queue: bool,
    pub owner: Option<String>,
}

#[server(ReadImports, endpoint = "leads/imports", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_imports() -> Result<ImportPage, Fault> {
    crate::server::imports::page().await
}

#[server(ReadImport, endpoint = "leads/import", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_import(run: i64) -> Result<ImportReport, Fault> {
    crate::server::imports::report(run).await
}
