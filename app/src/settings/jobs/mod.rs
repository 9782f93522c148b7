//! A daily job on the page: its status panel with the last run, the run under way, the next one, and Run Now.

mod active_run;
mod api;
mod confirm_run;
mod panel;
mod run_now;
mod shares;

pub use active_run::ActiveRunView;
pub use api::*;
pub use panel::PanelOf;
pub use shares::Shares;
