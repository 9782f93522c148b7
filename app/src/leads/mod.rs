//! The list of leads, and each lead's own page.

pub mod api;
mod chips;
pub mod detail;
mod empty;
mod filter;
mod filter_form;
mod form_fields;
pub mod import;
mod page;
mod table;
pub mod views;

pub use api::*;
pub use detail::LeadPageView;
pub use filter::Filter;
pub use page::LeadsPage;
pub use table::kind_of;

/// Where the list is.
pub const LEADS: &str = "/leads";

/// Where what the list shows is downloaded.
pub const EXPORT: &str = "/leads/export.csv";
