use calliyo_domain::permission::Permissions;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Fault;

/// The signed-in user, as the page needs to know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: String,
    pub permissions: Permissions,
    /// The name of the company.
    pub company: String,
}

/// Who looks at the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visitor {
    SignedIn(Viewer),
    SignedOut,
    /// Nobody can sign in yet: there is no user.
    FirstRun,
}

/// Who looks at the page.
#[server(WhoAmI, endpoint = "session", input = leptos::server_fn::codec::GetUrl)]
pub async fn who_am_i() -> Result<Visitor, Fault> {
    crate::server::session::visitor().await
}

/// Signs in and goes to `next` (a path of this site) or to the start page.
#[server(endpoint = "sign-in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), Fault> {
    crate::server::sign_in::sign_in(&email, password, &next).await
}

/// Ends this session and goes to the sign-in page.
#[server(endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), Fault> {
    crate::server::sign_in::sign_out().await
}

/// Makes the first admin and signs them in; refused once there is a user.
#[server(endpoint = "create-first-admin")]
pub async fn create_first_admin(name: String, email: String, password: String) -> Result<(), Fault> {
    crate::server::sign_in::create_first_admin(&name, &email, password).await
}
