use calliyo_domain::permission::{Permission, Permissions};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Fault;

/// A role and how many users have it, banned ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRow {
    pub id: i64,
    /// Each edit raises it.
    pub version: i64,
    pub name: String,
    pub permissions: Permissions,
    pub users: i64,
}

impl RoleRow {
    /// Its permissions in words.
    pub fn allows(&self) -> String {
        let allowed = Permission::ALL.into_iter().filter(|permission| self.permissions.allow(*permission));
        let titles: Vec<_> = allowed.map(Permission::title).collect();
        if titles.is_empty() { "None".to_owned() } else { titles.join(", ") }
    }
}

/// What a person types about a role; kept in the page's address when a form posted without JavaScript is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoleDraft {
    pub name: String,
    pub permissions: Permissions,
}

#[server(ListRoles, endpoint = "roles", input = leptos::server_fn::codec::GetUrl)]
pub async fn list_roles() -> Result<Vec<RoleRow>, Fault> {
    crate::server::roles::list().await
}

#[server(ReadRole, endpoint = "roles/record", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_role(id: i64) -> Result<RoleRow, Fault> {
    crate::server::roles::read(id).await
}

/// Adds a role and goes to its page.
#[server(AddRole, endpoint = "roles/add")]
pub async fn add_role(#[server(default)] role: RoleDraft) -> Result<(), Fault> {
    crate::server::roles::add(role).await
}

/// Changes a role, if it is still at `version`; what it allows counts from its users' next request on.
#[server(EditRole, endpoint = "roles/edit")]
pub async fn edit_role(
    id: i64,
    #[server(default)] version: i64,
    #[server(default)] role: RoleDraft,
) -> Result<(), Fault> {
    crate::server::roles::edit(id, version, role).await
}

/// Deletes a role that no user has.
#[server(DeleteRole, endpoint = "roles/delete")]
pub async fn delete_role(id: i64) -> Result<(), Fault> {
    crate::server::roles::delete(id).await
}
