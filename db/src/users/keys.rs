//! What users are sorted and found by.

use calliyo_domain::{order::name_key, search::folded};
use sqlx::FromRow;

use crate::{Result, Tx};

/// What a user is sorted and found by. All of it is written with what it is made of.
pub(super) struct Keys {
    /// [`name_key`] of the name.
    pub name_order: String,
    /// Name, email and employee code, [`folded`], a line each. Never empty.
    pub sought: String,
}

impl Keys {
    pub fn of(name: &str, email: &str, employee_code: &str) -> Self {
        Self { name_order: name_key(name), sought: folded(&[name, email, employee_code].join("\n")) }
    }
}

#[derive(FromRow)]
struct Named {
    id: i64,
    name: String,
    email: String,
    employee_code: String,
}

/// Gives the users of before version 12 their keys.
pub(crate) async fn complete(tx: &mut Tx) -> Result<()> {
    let lock = match tx {
        Tx::Sqlite(_) => "",
        Tx::Postgres(_) => " FOR UPDATE",
    };
    let sql = format!("SELECT id, name, email, employee_code FROM users WHERE sought = '' ORDER BY id{lock}");
    let users: Vec<Named> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(conn).await?);
    for user in users {
        let Keys { name_order, sought } = Keys::of(&user.name, &user.email, &user.employee_code);
        on!(tx, conn => {
            sqlx::query("UPDATE users SET name_order = $2, sought = $3 WHERE id = $1")
                .bind(user.id)
                .bind(name_order)
                .bind(sought)
                .execute(conn)
                .await?;
        });
    }
    Ok(())
}

/// Whether there are users of before version 12 without keys.
pub(crate) async fn incomplete(tx: &mut Tx) -> Result<bool> {
    let found: Option<i64> = on!(tx, conn => {
        sqlx::query_scalar("SELECT id FROM users WHERE sought = '' LIMIT 1").fetch_optional(conn).await?
    });
    Ok(found.is_some())
}
