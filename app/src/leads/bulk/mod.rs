//! Many leads changed at once: those that are ticked, or all that match the filter.

mod api;
mod bar;
mod choose;
mod said;

pub use api::{AssignLeads, Changed, SetLeadStatus, assign_leads, set_lead_status};
pub use bar::BulkBar;
pub use choose::{ChooseAll, ChooseLead, Chosen};
pub use said::{changed_before, said_of};

/// The form's name in the page: the ticks in the list's rows are its fields.
pub const FORM: &str = "bulk";
