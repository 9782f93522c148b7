//! The list of leads.

pub mod api;
mod filter;
mod filter_form;
pub mod import;
mod page;
mod table;

pub use api::*;
pub use page::LeadsPage;
