//! Users: listed, added, edited, banned. All of it is for holders of `users`.

mod ban;
mod edit;
mod password;
mod read;

pub(crate) use ban::{ban, unban};
pub(crate) use edit::{add, edit};
pub(crate) use password::{revoke, set_password};
pub(crate) use read::{list, new, read};

/// Where a user's page is.
fn page_of(id: i64) -> String {
    format!("/users/{id}")
}
