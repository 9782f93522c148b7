//! Importing leads: the form, the look at the file, the latest imports, and what came of one.

mod api;
mod draft;
mod format;
mod latest;
mod left_out;
mod outcome;
mod page;
mod run;
mod upload;
mod waiting;

pub use api::*;
pub use draft::*;
pub use page::ImportLeadsPage;
pub use run::ImportRunPage;

/// The form's page, which is also what it posts to.
pub const IMPORT: &str = "/leads/import";

/// The page that shows what a file holds before it is taken in.
#[must_use]
pub fn draft_path(draft: i64) -> String {
    format!("{IMPORT}/drafts/{draft}")
}

/// The page of one import.
#[must_use]
pub fn run_path(run: i64) -> String {
    format!("{IMPORT}/{run}")
}
