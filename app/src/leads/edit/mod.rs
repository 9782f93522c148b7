//! A lead typed in by hand, and what is entered about one edited.

pub mod api;
mod fields;
mod new;
mod page;

pub use api::*;
#[cfg(feature = "ssr")]
pub(crate) use fields::FIELDS;
pub use new::NewLeadPage;
pub use page::EditLeadPage;

/// Where a lead is added.
pub const NEW: &str = "/leads/new";

/// Where a lead's fields are edited.
#[must_use]
pub fn edit_path(lead: i64) -> String {
    format!("/leads/{lead}/edit")
}
