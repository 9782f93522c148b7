//! Files of leads that wait to be taken in.

use calliyo_domain::job::{Job, Trigger};

use sqlx::FromRow;

use crate::{Error, Result, Tx, runs};

/// A file to be taken in.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ImportFile {
    /// The file's name.
    pub file: String,
    /// As it came: not judged yet.
    pub content: Vec<u8>,
    /// What each column is taken as, as [`calliyo_domain::import::Mapping::text`] has it; nothing: what its name says.
    pub columns: Option<String>,
    /// How it is read, as JSON ([`calliyo_domain::import::Reading`]); empty: as usual.
    pub reading: String,
    /// Who brought it; nobody on the command line.
    pub by: Option<i64>,
}

/// Writes down that `file` shall be taken in; gives the run. Enqueue it in the same transaction with
/// [`crate::queue::push`].
pub async fn request(tx: &mut Tx, file: &ImportFile, trigger: Trigger, now: i64) -> Result<i64> {
    // Imports may queue up, so that none is in the way of another.
    let run =
        runs::insert(tx, Job::LeadImport, trigger, file.by, now).await?.ok_or(Error::Sqlx(sqlx::Error::RowNotFound))?;
    on!(tx, conn => {
        sqlx::query("INSERT INTO imports (run_id, file, content, columns, reading) VALUES ($1, $2, $3, $4, $5)")
            .bind(run)
            .bind(&file.file)
            .bind(&file.content)
            .bind(&file.columns)
            .bind(&file.reading)
            .execute(conn)
            .await?;
    });
    Ok(run)
}

/// The file of a run that has not ended.
pub async fn waiting(tx: &mut Tx, run: i64) -> Result<Option<ImportFile>> {
    Ok(on!(tx, conn => {
        sqlx::query_as(
            "SELECT i.file, i.content, i.columns, i.reading, r.requested_by AS \"by\" FROM imports i JOIN runs r ON r.id = i.run_id \
             WHERE i.run_id = $1 AND i.content IS NOT NULL",
        )
        .bind(run)
        .fetch_optional(conn)
        .await?
    }))
}

/// Drops the file of a run whose rows are all seen to, and keeps what its columns were called and taken as.
pub async fn finish(tx: &mut Tx, run: i64, columns: &Columns) -> Result<()> {
    on!(tx, conn => {
        sqlx::query("UPDATE imports SET content = NULL, names = $2, columns = $3 WHERE run_id = $1")
            .bind(run)
            .bind(&columns.names)
            .bind(&columns.taken_as)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// What a file's columns are.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Columns {
    /// What the file calls them, as JSON; nothing for imports of before these were kept, whose rows hold a text for each
    /// of [`calliyo_domain::import::Column::ALL`].
    pub names: Option<String>,
    /// What they were taken as, as [`calliyo_domain::import::Mapping::text`] has it.
    pub taken_as: Option<String>,
}

impl Columns {
    /// What the file calls them.
    pub fn names(&self) -> Result<Option<Vec<String>>> {
        Ok(self.names.as_deref().map(serde_json::from_str).transpose()?)
    }
}

/// What the columns of a finished run's file are.
pub async fn columns(tx: &mut Tx, run: i64) -> Result<Columns> {
    let found = on!(tx, conn => {
        sqlx::query_as("SELECT names, columns AS taken_as FROM imports WHERE run_id = $1")
            .bind(run)
            .fetch_optional(conn)
            .await?
    });
    Ok(found.unwrap_or_default())
}

/// The name of a run's file.
pub async fn file(tx: &mut Tx, run: i64) -> Result<Option<String>> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("SELECT file FROM imports WHERE run_id = $1").bind(run).fetch_optional(conn).await?
    }))
}

/// The names of the files of the newest imports, by run.
pub async fn newest(tx: &mut Tx, limit: i64) -> Result<Vec<(i64, String)>> {
    Ok(on!(tx, conn => {
        sqlx::query_as("SELECT run_id, file FROM imports ORDER BY run_id DESC LIMIT $1").bind(limit).fetch_all(conn).await?
    }))
}

/// Drops the files of runs that have ended, however they did.
pub async fn drop_contents(tx: &mut Tx) -> Result<u64> {
    Ok(on!(tx, conn => {
        sqlx::query(
            "UPDATE imports SET content = NULL WHERE content IS NOT NULL \
             AND run_id IN (SELECT id FROM runs WHERE finished_at IS NOT NULL)",
        )
        .execute(conn)
        .await?
        .rows_affected()
    }))
}
