use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, ui::Moment};

/// A place where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    pub id: i64,
    pub address: String,
    /// As the browser calls itself.
    pub browser: String,
    pub since: Moment,
    pub seen: Moment,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// What is read besides who one is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAccount {
    pub name: String,
    pub email: String,
    pub role: String,
    pub sessions: Vec<OpenSession>,
}

#[server(ReadAccount, endpoint = "account", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_account() -> Result<OwnAccount, Fault> {
    crate::server::account::read().await
}

/// Changes the own password; `password` is the present one. All other sessions end.
#[server(ChangePassword, endpoint = "account/password")]
pub async fn change_password(
    #[server(default)] password: String,
    #[server(default)] new_password: String,
) -> Result<(), Fault> {
    crate::server::account::change_password(password, new_password).await
}

/// Ends one of the own sessions.
#[server(RevokeSession, endpoint = "account/sessions/revoke")]
pub async fn revoke_session(#[server(default)] session: i64) -> Result<(), Fault> {
    crate::server::account::revoke(session).await
}

/// Ends all own sessions but this one.
#[server(RevokeOtherSessions, endpoint = "account/sessions/revoke-others")]
pub async fn revoke_other_sessions() -> Result<(), Fault> {
    crate::server::account::revoke_others().await
}
