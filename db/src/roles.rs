//! Roles: named sets of permissions.

use calliyo_domain::{permission::Permissions, role::NewRole, text};
use sqlx::FromRow;

use crate::{
    Result, Tx,
    seen_names::{self, Named},
    users::PermissionColumns,
};

/// A role and how many users have it.
#[derive(Clone, Debug, FromRow)]
pub struct Role {
    pub id: i64,
    /// How often the role was edited.
    pub version: i64,
    pub name: String,
    #[sqlx(flatten)]
    permissions: PermissionColumns,
    /// Banned ones, too.
    pub users: i64,
}

impl Role {
    /// What it allows.
    #[must_use]
    pub fn permissions(&self) -> Permissions {
        self.permissions.permissions()
    }
}

macro_rules! select_roles {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.version, r.name, r.management, r.tasks, r.reports, r.users AS manages_users, r.settings, ",
            "(SELECT count(*) FROM users u WHERE u.role_id = r.id) AS users FROM roles r ",
            $rest
        )
    };
}

/// All roles, the shipped ones first.
pub async fn list(tx: &mut Tx) -> Result<Vec<Role>> {
    Ok(on!(tx, conn => sqlx::query_as(select_roles!("ORDER BY r.id")).fetch_all(conn).await?))
}

/// The role with this id.
pub async fn by_id(tx: &mut Tx, id: i64) -> Result<Option<Role>> {
    Ok(on!(tx, conn => sqlx::query_as(select_roles!("WHERE r.id = $1")).bind(id).fetch_optional(conn).await?))
}

/// The role (its id) whose name looks like this.
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Option<i64>> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "SELECT r.id FROM roles r LEFT JOIN seen_names n ON n.kind = 'role' AND n.id = r.id \
             WHERE n.name_key = $1 OR r.name = $2 ORDER BY CASE WHEN r.name = $2 THEN 0 ELSE 1 END, r.id LIMIT 1",
        )
        .bind(text::key(name))
        .bind(name)
        .fetch_optional(conn)
        .await?
    }))
}

/// The names of all roles.
pub async fn names(tx: &mut Tx) -> Result<Vec<String>> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT name FROM roles ORDER BY id").fetch_all(conn).await?))
}

/// Adds a role; [`crate::Error::is_duplicate`] when the name is taken. Gives the id.
pub async fn add(tx: &mut Tx, role: &NewRole) -> Result<i64> {
    let Permissions { management, tasks, reports, users, settings } = role.permissions;
    let id = on!(tx, conn => {
        sqlx::query_scalar(
            "INSERT INTO roles (name, management, tasks, reports, users, settings) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        )
        .bind(&role.name)
        .bind(management)
        .bind(tasks)
        .bind(reports)
        .bind(users)
        .bind(settings)
        .fetch_one(conn)
        .await?
    });
    seen_names::set(tx, Named::Role, id, &role.name).await?;
    Ok(id)
}

/// Stores what was edited; [`crate::Error::is_duplicate`] when the name is another's. Gives whether there is such a
/// role that is still at `version`.
pub async fn update(tx: &mut Tx, id: i64, version: i64, role: &NewRole) -> Result<bool> {
    let Permissions { management, tasks, reports, users, settings } = role.permissions;
    let changed = on!(tx, conn => {
        sqlx::query(
            "UPDATE roles SET name = $2, management = $3, tasks = $4, reports = $5, users = $6, settings = $7, \
               version = version + 1 WHERE id = $1 AND version = $8",
        )
        .bind(id)
        .bind(&role.name)
        .bind(management)
        .bind(tasks)
        .bind(reports)
        .bind(users)
        .bind(settings)
        .bind(version)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if changed > 0 {
        seen_names::set(tx, Named::Role, id, &role.name).await?;
    }
    Ok(changed > 0)
}

/// Deletes a role; [`crate::Error::is_in_use`] when a user has it. Gives whether there was such a role.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<bool> {
    let deleted = on!(tx, conn => {
        sqlx::query("DELETE FROM roles WHERE id = $1").bind(id).execute(conn).await?.rows_affected()
    });
    seen_names::remove(tx, Named::Role, id).await?;
    Ok(deleted > 0)
}
