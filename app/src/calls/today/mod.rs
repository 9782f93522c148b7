//! What somebody called today, whoever has the leads by now.

mod api;
mod page;

pub use api::*;
pub use page::CallsTodayPage;

/// Where the page is.
pub const CALLS: &str = "/calls";
