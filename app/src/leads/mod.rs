//! The list of leads, and each lead's own page.

pub mod api;
pub mod detail;
mod filter;
mod filter_form;
pub mod import;
mod page;
mod table;

pub use api::*;
pub use detail::LeadPageView;
pub use page::LeadsPage;
pub use table::kind_of;
