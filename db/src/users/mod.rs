//! Users and what their roles allow.

use calliyo_domain::{
    permission::Permissions,
    user::{NewUser, email_key},
};
use sqlx::FromRow;

use crate::{
    Result, Tx,
    seen_names::{self, Named},
};

mod administrators;
mod ban;
mod keys;
mod list;
mod record;

use keys::Keys;

pub use administrators::{administrators, lock_administration};
pub use ban::{ban, unban};
pub(crate) use keys::{complete, incomplete};
pub use list::{ListedUser, PAGE, Page, page};
pub use record::{Record, record, replace_password, set_password, update};

/// A user with the permissions of their role.
#[derive(Clone, Debug, FromRow)]
pub struct User {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: String,
    pub banned: bool,
    pub password_hash: String,
    #[sqlx(flatten)]
    permissions: PermissionColumns,
}

/// A role's permissions as they are stored.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct PermissionColumns {
    management: bool,
    tasks: bool,
    reports: bool,
    manages_users: bool,
    settings: bool,
}

impl PermissionColumns {
    /// The permissions that the columns hold.
    pub fn permissions(&self) -> Permissions {
        let Self { management, tasks, reports, manages_users: users, settings } = *self;
        Permissions { management, tasks, reports, users, settings }
    }
}

impl User {
    /// What the user's role allows.
    #[must_use]
    pub fn permissions(&self) -> Permissions {
        self.permissions.permissions()
    }
}

macro_rules! select_user {
    ($where:literal) => {
        select_user!("", $where)
    };
    ($more:literal, $where:literal) => {
        concat!(
            "SELECT u.id, u.name, u.email, r.name AS role, u.banned, u.password_hash, ",
            "r.management, r.tasks, r.reports, r.users AS manages_users, r.settings",
            $more,
            " FROM users u JOIN roles r ON r.id = u.role_id ",
            $where
        )
    };
}

pub(crate) const BY_SESSION: &str = select_user!(
    ", s.last_seen_at ",
    "JOIN sessions s ON s.user_id = u.id \
     WHERE s.token_digest = $1 AND s.expires_at > $2 AND s.last_seen_at > $3 AND NOT u.banned"
);

/// The user whose email looks like this.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<User>> {
    Ok(on!(tx, conn => {
        sqlx::query_as(select_user!("JOIN seen_names n ON n.kind = 'user' AND n.id = u.id WHERE n.scope = 0 AND n.name_key = $1"))
            .bind(email_key(email))
            .fetch_optional(conn)
            .await?
    }))
}

/// The user with this id.
pub async fn by_id(tx: &mut Tx, id: i64) -> Result<Option<User>> {
    Ok(on!(tx, conn => sqlx::query_as(select_user!("WHERE u.id = $1")).bind(id).fetch_optional(conn).await?))
}

/// The user whose live session has this digest. `now` in unix ms; sessions unseen since `idle_since` don't count,
/// nor do those of banned users.
pub async fn by_session(tx: &mut Tx, digest: &str, now: i64, idle_since: i64) -> Result<Option<User>> {
    Ok(in_session(tx, digest, now, idle_since).await?.map(|seen| seen.user))
}

/// A user, and when their session was last noted as used (unix ms).
#[derive(Clone, Debug, FromRow)]
pub struct Seen {
    #[sqlx(flatten)]
    pub user: User,
    pub last_seen_at: i64,
}

/// As [`by_session`], with the session's last use.
pub async fn in_session(tx: &mut Tx, digest: &str, now: i64, idle_since: i64) -> Result<Option<Seen>> {
    Ok(on!(tx, conn => {
        sqlx::query_as(BY_SESSION)
        .bind(digest)
        .bind(now)
        .bind(idle_since)
        .fetch_optional(conn)
        .await?
    }))
}

/// Whether there is any user.
pub async fn any(tx: &mut Tx) -> Result<bool> {
    let found: Option<i64> =
        on!(tx, conn => sqlx::query_scalar("SELECT id FROM users LIMIT 1").fetch_optional(conn).await?);
    Ok(found.is_some())
}

/// Makes sure that only one transaction at a time finds that there is no user.
pub async fn lock_first_run(tx: &mut Tx) -> Result<()> {
    tx.lock("LOCK TABLE users IN EXCLUSIVE MODE").await
}

/// Adds a user; [`crate::Error::is_duplicate`] when the email is taken. Gives the id.
pub async fn add(tx: &mut Tx, user: &NewUser, role: i64, password_hash: &str, now: i64) -> Result<i64> {
    let Keys { name_order, sought } = Keys::of(&user.name, &user.email, &user.employee_code);
    let id = on!(tx, conn => {
        sqlx::query_scalar(
            "INSERT INTO users (name, email, role_id, password_hash, lead_cap, created_at, phone, employee_code, receiving, \
               name_order, sought) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
        )
        .bind(&user.name)
        .bind(&user.email)
        .bind(role)
        .bind(password_hash)
        .bind(user.lead_cap)
        .bind(now)
        .bind(&user.phone)
        .bind(&user.employee_code)
        .bind(user.receiving)
        .bind(name_order)
        .bind(sought)
        .fetch_one(conn)
        .await?
    });
    seen_names::set(tx, Named::User, id, &user.email).await?;
    Ok(id)
}
