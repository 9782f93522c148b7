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
mod many_choice;
mod page;
mod table;
pub mod views;

pub use api::*;
pub use bulk::{CHOOSE_AGENTS, CHOOSE_STATUS, ChangeLead, Changed, Draft, FORM, MOST_AT_ONCE, Meant, People, Place};
pub use detail::LeadPageView;
pub use filter::{Filter, MOST as MOST_ASKED};
pub use page::LeadsPage;
pub use table::kind_of;

/// Where the list is.
pub const LEADS: &str = "/leads";

/// What agents without leads can wait for.
pub const NEXT_LEADS: &str = "You get leads when they are next assigned, as far as your lead cap has room.";

/// Where what the list shows is downloaded.
pub const EXPORT: &str = "/leads/export.csv";
