//! A file before it is taken in: what its columns are, what its rows would be.

mod api;
mod columns;
mod page;
mod preview;
mod reading;

pub use api::*;
pub use page::ImportDraftPage;
