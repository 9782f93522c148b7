//! Logging a call: the form that several pages show, and what it does.

pub mod api;
mod fields;
mod form;
mod keys;
mod last_log;
mod log_note;
mod talk;

pub use api::*;
pub use form::LogCallForm;
pub use last_log::LastLog;
pub use log_note::LogNote;
pub use talk::talk;
