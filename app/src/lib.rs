//! Calliyo's pages and server functions: one folder per feature, with the page, its parts and its server functions.

pub mod account;
mod app;
pub mod calls;
pub mod customers;
pub mod dashboard;
mod fault;
mod frame;
pub mod leads;
pub mod live;
pub mod made_under;
mod not_found;
pub mod reports;
pub mod roles;
#[cfg(feature = "ssr")]
pub mod server;
pub mod settings;
#[cfg(feature = "ssr")]
mod shell;
pub mod sign_in;
mod start;
pub mod tasks;
mod ui;
pub mod users;

/// What forms' addresses call the person that their page was made for; in requests by scripts a header of the name
/// `calliyo-for` says it.
pub const FOR: &str = "for";

pub use app::App;
pub use fault::Fault;
#[cfg(feature = "ssr")]
pub(crate) use fault::both;
use fault::hear_faults;
#[cfg(feature = "ssr")]
pub use shell::{Assets, shell};
