//! Filters that somebody keeps under a name.

pub mod api;
mod edit;
mod keep;
mod row;

pub use api::*;
pub use row::{ViewMenu, ViewRow};

use edit::EditView;
use keep::KeepView;

/// Where on the page they are.
pub const VIEWS: &str = "#views";
