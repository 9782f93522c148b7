//! An agent's queue as a list of what to do.

pub mod api;
mod asked;
mod filter_form;
mod focused;
mod keys;
mod page;
mod row_log;

pub use api::*;
pub use asked::Asked;
pub use page::TasksPage;

/// Where it is.
pub const TASKS: &str = "/tasks";
