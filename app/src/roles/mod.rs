//! Roles: what each allows, and how many users have it.

pub mod api;
mod fields;
mod list;
mod new;
mod role;

pub use api::*;
pub use list::RolesPage;
pub use new::NewRolePage;
pub use role::RolePage;
