//! What server functions do, apart from how a page looks: authorise, read, decide in `domain`, write, answer.

pub(crate) mod account;
pub mod calls;
pub mod customers;
pub mod dashboard;
pub mod forms;
pub mod hub;
pub mod imports;
pub mod jobs;
pub mod lead_detail;
pub mod lead_export;
pub(crate) mod lead_views;
pub mod leads;
mod part;
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
pub(crate) mod users;

pub use hub::Hub;
pub use part::Part;
pub use passwords::Passwords;
pub use request::ClientAddress;
pub use services::{Random, Services};
