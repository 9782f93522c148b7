//! One lead: its fields, the forms that log a call, agree on the next and note something, and its timeline.

pub mod api;
mod call_entry;
mod fields;
mod gone;
mod next_call;
mod not_noted;
mod note_form;
mod page;
mod shown;
mod timeline;

pub use api::*;
pub use call_entry::{CallEntry, CallTimes};
pub use not_noted::NotNoted;
pub use page::LeadPageView;
#[cfg(feature = "ssr")]
pub use shown::MOST;
pub use shown::shown_of_address;
pub use timeline::Timeline;
