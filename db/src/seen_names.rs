//! What is compared of names that may be there once, so that no two look the same: users' emails, and the names of roles,
//! statuses and each user's views. It is written with the name, in the same transaction.

use calliyo_domain::{text, user::email_key};

use crate::{Result, Tx};

/// What has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    User,
    Role,
    Status,
    /// A view of this user's.
    View(i64),
}

impl Named {
    fn kind(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Role => "role",
            Self::Status => "status",
            Self::View(_) => "view",
        }
    }

    fn scope(self) -> i64 {
        match self {
            Self::View(user) => user,
            _ => 0,
        }
    }

    fn key(self, name: &str) -> String {
        if self == Self::User { email_key(name) } else { text::key(name) }
    }
}

/// Gives it this name; [`crate::Error::is_duplicate`] when another has one that looks the same.
pub(crate) async fn set(tx: &mut Tx, named: Named, id: i64, name: &str) -> Result<()> {
    on!(tx, conn => {
        sqlx::query(
            "INSERT INTO seen_names (kind, id, scope, name_key) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (kind, id) DO UPDATE SET name_key = excluded.name_key",
        )
        .bind(named.kind())
        .bind(id)
        .bind(named.scope())
        .bind(named.key(name))
        .execute(conn)
        .await?;
    });
    Ok(())
}

/// It is gone, and its name free.
pub(crate) async fn remove(tx: &mut Tx, named: Named, id: i64) -> Result<()> {
    on!(tx, conn => {
        sqlx::query("DELETE FROM seen_names WHERE kind = $1 AND id = $2").bind(named.kind()).bind(id).execute(conn).await?;
    });
    Ok(())
}

macro_rules! unnamed {
    ($kind:literal, $columns:literal, $table:literal) => {
        concat!(
            "SELECT t.id, ",
            $columns,
            " FROM ",
            $table,
            " t WHERE NOT EXISTS (SELECT 1 FROM seen_names n WHERE n.kind = '",
            $kind,
            "' AND n.id = t.id) ORDER BY t.id"
        )
    };
}

const UNNAMED: [(Named, &str); 4] = [
    (Named::User, unnamed!("user", "t.email, t.id", "users")),
    (Named::Role, unnamed!("role", "t.name, t.id", "roles")),
    (Named::Status, unnamed!("status", "t.name, t.id", "statuses")),
    (Named::View(0), unnamed!("view", "t.name, t.user_id", "lead_views")),
];

/// Whether there are names of before version 14.
pub(crate) async fn incomplete(tx: &mut Tx) -> Result<bool> {
    for (_, sql) in UNNAMED {
        let found: Option<(i64, String, i64)> = on!(tx, conn => sqlx::query_as(sql).fetch_optional(conn).await?);
        if found.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes what is compared of the names of before version 14. Of those that look the same the one has the name that is
/// written as it looks, or else the first; the others keep theirs until somebody renames them, and nobody else takes one
/// like it.
pub(crate) async fn complete(tx: &mut Tx) -> Result<()> {
    for (named, sql) in UNNAMED {
        let mut unnamed: Vec<(i64, String, i64)> = on!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await?);
        // Who has signed in by it until now goes on to.
        unnamed.sort_by_cached_key(|(id, name, _)| (named.key(name) != name.to_lowercase(), *id));
        for (id, name, user) in unnamed {
            let named = if named == Named::View(0) { Named::View(user) } else { named };
            let key = named.key(&name);
            // No key holds a line end.
            for key in [key.clone(), format!("{key}\n{id}")] {
                on!(tx, conn => {
                    sqlx::query("INSERT INTO seen_names (kind, id, scope, name_key) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
                        .bind(named.kind())
                        .bind(id)
                        .bind(named.scope())
                        .bind(key)
                        .execute(conn)
                        .await?;
                });
            }
        }
    }
    Ok(())
}
