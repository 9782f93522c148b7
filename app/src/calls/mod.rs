//! Logging a call: the form that several pages show, and what it does.

mod again;
pub mod api;
mod brought_back;
mod correct;
mod fields;
mod form;
mod keys;
mod last_log;
mod log_note;
mod not_done;
mod not_logged;
mod once;
mod opened;
mod parts;
mod stopwatch;
mod talk;
pub mod today;

pub use api::*;
use brought_back::BroughtBack;
pub use correct::CorrectCallForm;
pub use form::LogCallForm;
pub use keys::{AT_FOLLOW_UP, AT_NOTE, outcome_of_key};
#[cfg(feature = "ssr")]
pub use last_log::LEFT_AS_IT_IS;
pub use last_log::LastLog;
pub use log_note::LogNote;
pub use not_done::NotDone;
pub use not_logged::NotLogged;
pub use opened::{Opened, last_shown};
pub use talk::{clock, talk};
