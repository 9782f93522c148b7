//! Users: the list, adding, and each one's record.

pub mod api;
mod ban;
mod details;
mod fields;
mod list;
mod new;
mod password;
mod place;
mod record;
mod table;
mod tabs;

pub use api::*;
#[cfg(feature = "ssr")]
pub(crate) use fields::FIELDS;
pub use list::UsersPage;
pub use new::NewUserPage;
pub use record::UserPage;
pub use tabs::{PeopleTab, PeopleTabs};
