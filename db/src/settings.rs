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

/// A section as it is stored, and its last save.
#[derive(Debug, FromRow)]
pub(crate) struct Stored {
    section: String,
    version: i64,
    value: String,
    at: Option<i64>,
    by_name: Option<String>,
    before: Option<String>,
}

impl Stored {
    fn current<S: Section>(&self) -> Result<Current<S>> {
        Ok(Current { version: self.version, value: serde_json::from_str(&self.value)? })
    }

    fn save(&self) -> Option<Save> {
        Some(Save {
            version: self.version,
            at: self.at?,
            by_name: self.by_name.clone()?,
            before: self.before.clone()?,
            after: self.value.clone(),
        })
    }
}

macro_rules! select_stored {
    ($where:literal) => {
        concat!(
            "SELECT s.section, s.version, s.value, h.at, u.name AS by_name, h.before FROM settings s ",
            "LEFT JOIN settings_history h ON h.section = s.section AND h.version = s.version ",
            "LEFT JOIN users u ON u.id = h.user_id",
            $where
        )
    };
}

/// What `read` says of the section: of those that were read before, if this is a page's transaction.
async fn stored<T>(tx: &mut Tx, section: SectionKey, read: impl Fn(&Stored) -> T) -> Result<T> {
    let Some(memo) = tx.memo() else {
        let sql = select_stored!(" WHERE s.section = $1");
        return Ok(read(&on!(tx, conn => sqlx::query_as(sql).bind(section.as_str()).fetch_one(conn).await?)));
    };
    let all = memo.0.settings.get_or_try_init(|| all(tx)).await?;
    let found = all.iter().find(|stored| stored.section == section.as_str());
    found.map(read).ok_or_else(|| sqlx::Error::RowNotFound.into())
}

async fn all(tx: &mut Tx) -> Result<Vec<Stored>> {
    Ok(on!(tx, conn => sqlx::query_as(select_stored!("")).fetch_all(conn).await?))
}

/// The section as it is now.
pub async fn get<S: Section>(tx: &mut Tx) -> Result<Current<S>> {
    stored(tx, S::KEY, Stored::current).await?
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

/// A section's JSON before and after a save.
#[derive(Debug, FromRow)]
pub(crate) struct Saved {
    section: String,
    at: i64,
    before: String,
    after: String,
}

/// All saves of a section as time (unix ms), value before and value after; oldest first.
pub async fn history<S: Section>(tx: &mut Tx) -> Result<Vec<(i64, S, S)>> {
    let read = |save: &Saved| Ok((save.at, serde_json::from_str(&save.before)?, serde_json::from_str(&save.after)?));
    match tx.memo() {
        Some(memo) => {
            let all = memo.0.saves.get_or_try_init(|| all_saves(tx)).await?;
            all.iter().filter(|save| save.section == S::KEY.as_str()).map(read).collect()
        }
        None => saves(tx, S::KEY).await?.iter().map(read).collect(),
    }
}

async fn saves(tx: &mut Tx, section: SectionKey) -> Result<Vec<Saved>> {
    Ok(on!(tx, conn => {
        sqlx::query_as("SELECT section, at, before, after FROM settings_history WHERE section = $1 ORDER BY version")
            .bind(section.as_str())
            .fetch_all(conn)
            .await?
    }))
}

async fn all_saves(tx: &mut Tx) -> Result<Vec<Saved>> {
    let sql = "SELECT section, at, before, after FROM settings_history ORDER BY section, version";
    Ok(on!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await?))
}

/// The last save of a section.
pub async fn last_save(tx: &mut Tx, section: SectionKey) -> Result<Option<Save>> {
    stored(tx, section, Stored::save).await
}
