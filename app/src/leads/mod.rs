//! The list of leads, each lead's own page, adding and editing, importing.

pub mod api;
pub mod detail;
pub mod edit;
mod filter;
mod filter_form;
pub mod import;
mod page;
mod table;

pub use api::*;
pub use detail::LeadPageView;
pub use page::LeadsPage;
pub use table::kind_of;
