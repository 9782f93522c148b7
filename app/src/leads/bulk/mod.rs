//! Many leads changed at once: those that are ticked, or all that match the filter; or one, from its own page.

mod api;
mod bar;
mod choose;
mod counted;
mod draft;
mod fields;
mod form;
mod meant;
mod one;
mod people;
mod said;
mod send;

pub use api::{AssignLeads, Changed, MOST_AT_ONCE, Place, SetLeadStatus, assign_leads, count_leads, set_lead_status};
pub use bar::BulkBar;
pub use choose::{ChooseAll, ChooseLead, Chosen};
pub use draft::Draft;
pub use meant::{Meant, Ticked};
pub use one::ChangeLead;
pub use people::People;
pub use said::{Outcome, changed_before, outcome_of};
pub use send::{CHOOSE_AGENTS, CHOOSE_STATUS};

/// The form's name in the page: the ticks in the list's rows are its fields.
pub const FORM: &str = "bulk";
