use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, account::OpenSession, made_under::PhoneCountry};

/// One page of users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserList {
    pub rows: Vec<UserRow>,
    /// How many match on all pages.
    pub total: i64,
    /// This page's number, from 1.
    pub page: i64,
    pub pages: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: String,
    /// Whether the role works a queue.
    pub works_queue: bool,
    /// Leads on the queue.
    pub load: i64,
    pub lead_cap: i64,
    pub receiving: bool,
    pub banned: bool,
}

/// What a person types about a user; kept in the page's address when a form posted without JavaScript is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserDraft {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub employee_code: String,
    /// A role's id.
    pub role: i64,
    pub lead_cap: String,
    pub receiving: bool,
}

/// A user's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRecord {
    pub id: i64,
    /// Each edit raises it.
    pub version: i64,
    pub saved: UserDraft,
    /// The name of the role.
    pub role: String,
    pub banned: bool,
    /// Leads on the queue.
    pub load: i64,
    /// Leads assigned to them, customers aside.
    pub held: i64,
    /// Whether it is the viewer's own.
    pub own: bool,
    pub roles: Vec<RoleChoice>,
    pub country: PhoneCountry,
    pub sessions: Vec<OpenSession>,
}

/// What the form of a new user starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUserForm {
    /// The roles that a user may be given.
    pub roles: Vec<RoleChoice>,
    pub country: PhoneCountry,
}

/// A role that a user may be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleChoice {
    pub id: i64,
    pub name: String,
    /// Whether it works a queue.
    pub works_queue: bool,
    /// Whether it manages users or settings.
    pub administers: bool,
}

/// Users whose name, email, phone or employee code holds `search`; `page` counts from 1, and `sort` is a column's key,
/// with `-` before it for the other direction.
#[server(ListUsers, endpoint = "users", input = leptos::server_fn::codec::GetUrl)]
pub async fn list_users(
    #[server(default)] search: String,
    #[server(default)] page: String,
    #[server(default)] sort: String,
) -> Result<UserList, Fault> {
    crate::server::users::list(&search, &page, &sort).await
}

#[server(ReadNewUser, endpoint = "users/new", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_new_user() -> Result<NewUserForm, Fault> {
    crate::server::users::new().await
}

#[server(ReadUser, endpoint = "users/record", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_user(id: i64) -> Result<UserRecord, Fault> {
    crate::server::users::read(id).await
}

/// Adds a user and goes to their page. `country` is whose phones the form says it takes.
#[server(AddUser, endpoint = "users/add")]
pub async fn add_user(
    #[server(default)] user: UserDraft,
    #[server(default)] country: String,
    #[server(default)] password: String,
) -> Result<(), Fault> {
    crate::server::users::add(user, &country, password).await
}

/// Stores what was edited, if the user is still at `version`. `country` is whose phones the form says it takes.
#[server(EditUser, endpoint = "users/edit")]
pub async fn edit_user(
    id: i64,
    #[server(default)] version: i64,
    #[server(default)] user: UserDraft,
    #[server(default)] country: String,
) -> Result<(), Fault> {
    crate::server::users::edit(id, version, user, &country).await
}

/// Gives another user a new password; all their sessions end.
#[server(SetPassword, endpoint = "users/password")]
pub async fn set_password(id: i64, #[server(default)] password: String) -> Result<(), Fault> {
    crate::server::users::set_password(id, password).await
}

/// Bans a user, signs them out everywhere, and returns their leads to Unassigned where that is asked for. Gives how
/// many leads that were.
#[server(BanUser, endpoint = "users/ban")]
pub async fn ban_user(id: i64, #[server(default)] return_leads: bool) -> Result<u64, Fault> {
    crate::server::users::ban(id, return_leads).await
}

#[server(UnbanUser, endpoint = "users/unban")]
pub async fn unban_user(id: i64) -> Result<(), Fault> {
    crate::server::users::unban(id).await
}

/// Ends one of a user's sessions.
#[server(RevokeUserSession, endpoint = "users/sessions/revoke")]
pub async fn revoke_user_session(id: i64, #[server(default)] session: i64) -> Result<(), Fault> {
    crate::server::users::revoke(id, session).await
}
