//! Signing in, and who is signed in.

pub mod api;
mod first_admin;
mod form;
mod page;
mod session;

pub use api::*;
pub use page::SignInPage;
pub use session::Session;

/// Where one signs in.
pub const SIGN_IN: &str = "/sign-in";
