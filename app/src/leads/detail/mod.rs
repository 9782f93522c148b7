//! One lead: its fields, the form that logs a call, and its timeline.

pub mod api;
mod call_entry;
mod fields;
mod gone;
mod page;
mod timeline;

pub use api::*;
pub use page::LeadPageView;
pub use timeline::ReadOnlyTimeline;
