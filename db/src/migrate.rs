use std::{fs::File, path::Path};

use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use sqlx::migrate::{MigrateError, Migrator};

use crate::Db;

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

/// apalis numbers its migrations as the product does its own: on SQLite, where both share one schema, its record
/// of them needs another name.
const QUEUE_MIGRATIONS: &str = "_apalis_migrations";

impl Db {
    /// Brings the schema, and the job queue's, up to date. Servers that start together take turns.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        match self {
            Self::Sqlite { writer, file, .. } => {
                let _turn = lock_beside(file).await?;
                SQLITE.run(writer).await?;
                // Never SqliteStorage::setup(): it would switch synchronous off.
                let mut queue = SqliteStorage::migrations();
                queue.dangerous_set_table_name(QUEUE_MIGRATIONS);
                queue.run(writer).await
            }
            // sqlx takes an advisory lock of its own here.
            Self::Postgres(pool) => {
                POSTGRES.run(pool).await?;
                let mut queue = PostgresStorage::migrations();
                queue.dangerous_set_table_name(QUEUE_MIGRATIONS);
                queue.run(pool).await
            }
        }
    }
}

/// Waits for the lock file beside the database; the lock goes with the value, and with a killed process.
async fn lock_beside(file: &Path) -> Result<File, MigrateError> {
    let path = file.with_extension("lock");
    tokio::task::spawn_blocking(move || {
        let lock = File::create(path)?;
        lock.lock()?;
        Ok(lock)
    })
    .await
    .map_err(|e| MigrateError::Execute(sqlx::Error::Io(std::io::Error::other(e))))?
    .map_err(|e| MigrateError::Execute(sqlx::Error::Io(e)))
}
