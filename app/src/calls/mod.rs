//! Logging a call: the form that several pages show, and what it does.

pub mod api;
mod fields;
mod form;
mod keys;
mod talk;

pub use api::*;
pub use form::LogCallForm;
pub use talk::talk;
