//! Reports: the day's call coverage, and what came of the calls.

pub mod api;
mod baseline;
mod charts;
mod figures;
mod form;
mod funnel;
mod order;
mod page;
mod question;

pub use api::*;
pub use page::ReportsPage;
