//! What server functions do, apart from how a page looks: authorise, read, decide in `domain`, write, answer.

pub(crate) mod account;
pub mod calls;
pub(crate) mod corrections;
pub mod customers;
pub mod dashboard;
pub mod forms;
pub mod hub;
pub(crate) mod import_drafts;
pub mod imports;
pub mod jobs;
pub mod lead_detail;
pub(crate) mod lead_fields;
pub mod leads;
pub mod leads_csv;
pub mod passwords;
pub mod reports;
pub mod request;
pub(crate) mod roles;
pub mod runs;
pub mod schedule;
pub mod sections;
pub mod services;
pub mod session;
pub mod sign_in;
pub mod statuses;
pub mod tasks;
mod today;
pub mod undo;
pub(crate) mod users;

pub use hub::Hub;
pub use passwords::Passwords;
pub use request::ClientAddress;
pub use services::{Random, Services};
