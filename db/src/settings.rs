//! The settings by section, their versions and their history.

use calliyo_domain::settings::{Section, SectionKey};
use sqlx::FromRow;

use crate::{Result, Tx};

/// A section as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current<S> {
    /// 0 until somebody saves it.
    pub version: i64,
    pub value: S,
}

/// One save.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Save {
    pub version: i64,
    /// Unix ms.
    pub at: i64,
    /// The name of who saved.
    pub by_name: String,
    /// The section's JSON before and after.
    pub before: String,
    pub after: String,
}

#[derive(FromRow)]
struct Row {
    version: i64,
    value: String,
}

/// The section as it is now.
pub async fn get<S: Section>(tx: &mut Tx) -> Result<Current<S>> {
    let row: Row = on!(tx, conn => {
        sqlx::query_as("SELECT version, value FROM settings WHERE section = $1").bind(S::KEY.as_str()).fetch_one(conn).await?
    });
    Ok(Current { version: row.version, value: serde_json::from_str(&row.value)? })
}

/// Stores the section and a history row, if it is still at `version`; gives the new version, or nothing when
/// somebody saved meanwhile (then nothing was written).
pub async fn save<S: Section>(tx: &mut Tx, version: i64, value: &S, user: i64, now: i64) -> Result<Option<i64>> {
    let after = serde_json::to_string(value)?;
    let written = on!(tx, conn => {
        // First the history, from the row as it is: where two save at once, one of them finds the version taken.
        sqlx::query(
            "INSERT INTO settings_history (section, version, at, user_id, before, after) \
             SELECT section, version + 1, $3, $4, value, $5 FROM settings WHERE section = $1 AND version = $2 \
             ON CONFLICT (section, version) DO NOTHING",
        )
        .bind(S::KEY.as_str())
        .bind(version)
        .bind(now)
        .bind(user)
        .bind(&after)
        .execute(&mut *conn)
        .await?
        .rows_affected()
    });
    if written == 0 {
        return Ok(None);
    }
    on!(tx, conn => {
        sqlx::query("UPDATE settings SET version = version + 1, value = $2 WHERE section = $1")
            .bind(S::KEY.as_str())
            .bind(&after)
            .execute(conn)
            .await?;
    });
    Ok(Some(version + 1))
}

/// All saves of a section as time (unix ms), value before and value after; oldest first.
pub async fn history<S: Section>(tx: &mut Tx) -> Result<Vec<(i64, S, S)>> {
    let rows: Vec<(i64, String, String)> = on!(tx, conn => {
        sqlx::query_as("SELECT at, before, after FROM settings_history WHERE section = $1 ORDER BY version")
            .bind(S::KEY.as_str())
            .fetch_all(conn)
            .await?
    });
    let read = |(at, before, after): (i64, String, String)| {
        Ok((at, serde_json::from_str(&before)?, serde_json::from_str(&after)?))
    };
    rows.into_iter().map(read).collect()
}

/// The last save of a section.
pub async fn last_save(tx: &mut Tx, section: SectionKey) -> Result<Option<Save>> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "SELECT h.version, h.at, u.name AS by_name, h.before, h.after \
             FROM settings_history h JOIN users u ON u.id = h.user_id \
             WHERE h.section = $1 ORDER BY h.version DESC LIMIT 1",
        )
        .bind(section.as_str())
        .fetch_optional(conn)
        .await?
    }))
}
