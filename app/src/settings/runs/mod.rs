//! The history of runs: the list, and what a run did.

mod address;
pub mod api;
mod detail;
mod duration;
mod list;
mod moved_leads;
mod page;
mod row;
pub mod words;

pub use address::{list_address, run_address};
pub use api::*;
pub use page::{RunHistoryPage, RunPage};
