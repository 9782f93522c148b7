//! Settings → Status: the pipeline's statuses.

mod add_form;
mod api;
mod change;
mod delete_dialog;
mod delete_form;
mod editor;
mod focus;
mod order;
mod page;
mod queue;
mod rename;
mod row;

pub use api::*;
pub use change::Change;
pub use page::StatusTab;
