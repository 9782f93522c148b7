//! Signing in, and who is signed in.

pub mod api;
mod first_admin;
mod form;
mod page;
mod session;
mod tabs;

pub use api::*;
pub use form::SignInForm;
pub use page::SignInPage;
pub use session::{Session, Standing};
pub use tabs::{TOLD, keep_in_step};

/// Where one signs in.
pub const SIGN_IN: &str = "/sign-in";
