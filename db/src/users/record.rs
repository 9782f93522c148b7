use calliyo_domain::user::NewUser;
use sqlx::FromRow;

use super::keys::Keys;
use crate::{
    Result, Tx,
    seen_names::{self, Named},
};

/// A user as edited, with the leads assigned to them.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Record {
    pub id: i64,
    /// How often the user was edited.
    pub version: i64,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub employee_code: String,
    pub role_id: i64,
    pub lead_cap: i64,
    pub receiving: bool,
    pub banned: bool,
    /// Owned leads whose status is on the queue.
    pub load: i64,
    /// Owned leads, customers aside.
    pub held: i64,
}

/// The record of a user.
pub async fn record(tx: &mut Tx, id: i64) -> Result<Option<Record>> {
    Ok(on!(tx, conn => {
        sqlx::query_as(concat!(
            "SELECT u.id, u.version, u.name, u.email, u.phone, u.employee_code, u.role_id, u.lead_cap, u.receiving, u.banned, ",
            load!(),
            ", (SELECT count(*) FROM leads l WHERE l.owner_id = u.id AND l.status_id <> 4) AS held \
             FROM users u WHERE u.id = $1",
        ))
        .bind(id)
        .fetch_optional(conn)
        .await?
    }))
}

/// Stores what was edited; [`crate::Error::is_duplicate`] when the email is another's. Gives whether there is such a
/// user who is still at `version`.
pub async fn update(tx: &mut Tx, id: i64, version: i64, user: &NewUser, role: i64) -> Result<bool> {
    let Keys { name_order, sought } = Keys::of(&user.name, &user.email, &user.employee_code);
    let changed = on!(tx, conn => {
        sqlx::query(
            "UPDATE users SET name = $2, email = $3, phone = $4, employee_code = $5, role_id = $6, lead_cap = $7, \
               receiving = $8, name_order = $10, sought = $11, version = version + 1 WHERE id = $1 AND version = $9",
        )
        .bind(id)
        .bind(&user.name)
        .bind(&user.email)
        .bind(&user.phone)
        .bind(&user.employee_code)
        .bind(role)
        .bind(user.lead_cap)
        .bind(user.receiving)
        .bind(version)
        .bind(name_order)
        .bind(sought)
        .execute(conn)
        .await?
        .rows_affected()
    });
    if changed > 0 {
        seen_names::set(tx, Named::User, id, &user.email).await?;
    }
    Ok(changed > 0)
}

/// Stores a new password's hash. Gives whether there is such a user. Until the transaction ends nobody signs in as that
/// user, so that every session of the old password is there to be ended.
pub async fn set_password(tx: &mut Tx, id: i64, password_hash: &str) -> Result<bool> {
    if let Tx::Postgres(tx) = tx {
        // An update alone lets a session be added that refers to the user.
        sqlx::query("SELECT id FROM users WHERE id = $1 FOR UPDATE").bind(id).execute(&mut **tx).await?;
    }
    store_password(tx, id, password_hash).await
}

/// Stores a new password's hash in the place of `known`, as [`set_password`] does. False, and nothing is stored, where
/// somebody has set another one since.
pub async fn replace_password(tx: &mut Tx, id: i64, known: &str, password_hash: &str) -> Result<bool> {
    let sql = match tx {
        Tx::Sqlite(_) => "SELECT password_hash FROM users WHERE id = $1",
        Tx::Postgres(_) => "SELECT password_hash FROM users WHERE id = $1 FOR UPDATE",
    };
    let stored: Option<String> = on!(tx, conn => sqlx::query_scalar(sql).bind(id).fetch_optional(conn).await?);
    if stored.as_deref() != Some(known) {
        return Ok(false);
    }
    store_password(tx, id, password_hash).await
}

/// The user is held already.
async fn store_password(tx: &mut Tx, id: i64, password_hash: &str) -> Result<bool> {
    let changed = on!(tx, conn => {
        sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1").bind(id).bind(password_hash).execute(conn).await?.rows_affected()
    });
    Ok(changed > 0)
}

/// Gives whether that changed the user.
pub(super) async fn set_banned(tx: &mut Tx, id: i64, banned: bool) -> Result<bool> {
    let changed = on!(tx, conn => {
        sqlx::query("UPDATE users SET banned = $2 WHERE id = $1 AND banned <> $2").bind(id).bind(banned).execute(conn).await?.rows_affected()
    });
    Ok(changed > 0)
}
