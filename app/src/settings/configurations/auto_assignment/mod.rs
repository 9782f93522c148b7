//! Auto lead assignment: the section's form, and the panel of its job.

mod active_run;
pub mod api;
mod change;
mod confirm_run;
mod editing;
mod fields;
mod footer;
mod form;
mod panel;
mod run_now;
mod section;
mod shares;
mod values;

pub use api::*;
pub use section::AutoAssignmentSection;
