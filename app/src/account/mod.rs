//! The own account: who one is, the password, and where one is signed in.

pub mod api;
mod browser;
mod page;
mod password;
mod sessions;

pub use api::*;
pub use page::AccountPage;
pub use sessions::SessionList;
