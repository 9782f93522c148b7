//! Importing leads: the form, the latest imports, and what came of one.

mod api;
mod format;
mod latest;
mod outcome;
mod page;
mod refused;
mod run;
mod upload;

pub use api::*;
pub use page::ImportLeadsPage;
pub use run::ImportRunPage;

/// The form's page, which is also what it posts to.
pub const IMPORT: &str = "/leads/import";

/// The page of one import.
#[must_use]
pub fn run_path(run: i64) -> String {
    format!("{IMPORT}/{run}")
}
