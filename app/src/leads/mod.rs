//! The list of leads, each lead's own page, adding and editing, importing.

pub mod api;
mod bulk;
mod chips;
pub mod detail;
pub mod edit;
mod empty;
mod filter;
mod filter_form;
mod form_fields;
pub mod import;
mod page;
mod table;
pub mod views;

pub use api::*;
pub use bulk::{ChangeLead, Changed, MOST_AT_ONCE, People, Place};
pub use detail::LeadPageView;
pub use filter::Filter;
pub use page::LeadsPage;
pub use table::kind_of;

/// Where the list is.
pub const LEADS: &str = "/leads";

/// Where what the list shows is downloaded.
pub const EXPORT: &str = "/leads/export.csv";
