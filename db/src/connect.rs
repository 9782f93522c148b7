use std::{path::PathBuf, str::FromStr, time::Duration};

use sqlx::{
    Connection, PgPool, Pool, SqlitePool, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{Memo, Result, Tx, alone::make_private, tx::Begun};

/// Earlier versions of SQLite can lose a committed write in WAL mode (sqlite.org, "WAL-reset bug", fixed in 3.51.3).
const MINIMUM_SQLITE: &str = "3.51.3";

/// The database: an SQLite file, or PostgreSQL 15 or later.
#[derive(Clone, Debug)]
pub enum Db {
    /// One connection writes, the others read; WAL keeps them out of each other's way.
    Sqlite {
        reader: SqlitePool,
        writer: SqlitePool,
        file: PathBuf,
    },
    Postgres(PgPool),
}

/// Why a connection could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// What was given isn't repeated: it may hold a password.
    #[error("DATABASE_URL must start with sqlite: or postgres:")]
    Scheme,
    #[error("DATABASE_URL must name a file: a database in memory would be another one for each connection")]
    InMemory,
    #[error("DATABASE_URL can't be read: {0}")]
    Url(sqlx::Error),
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    #[error("another server has the database {}: an SQLite file has one", .0.display())]
    InUse(PathBuf),
    #[error("can't open the database: {0}")]
    Open(#[from] sqlx::Error),
    #[error("can't create the folder {}: {source}", path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("SQLite {found} can lose committed writes; {MINIMUM_SQLITE} or later is needed")]
    OldSqlite { found: String },
    #[error("PostgreSQL {found} is too old; 15 or later is needed")]
    OldPostgres { found: String },
}

impl Db {
    /// Opens what `url` names (`sqlite:path/to/file.db` or `postgres://…`), making the SQLite file and its folder
    /// where they are missing, and checks the database's version.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        let db = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => open_sqlite(url).await?,
            Some("postgres" | "postgresql") => open_postgres(url).await?,
            _ => return Err(ConnectError::Scheme),
        };
        db.check_version().await?;
        Ok(db)
    }

    /// As [`Self::connect`], but makes no SQLite file: [`ConnectError::Missing`] where there is none.
    pub async fn connect_to_existing(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("sqlite:") {
            let file = sqlite_file(url)?.get_filename().to_path_buf();
            if !file.exists() {
                return Err(ConnectError::Missing(file));
            }
        }
        Self::connect(url).await
    }

    /// The database's kind and version, as it says itself.
    pub async fn version(&self) -> Result<String> {
        Ok(match self {
            Self::Sqlite { reader, .. } => {
                let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(reader).await?;
                format!("SQLite {version}")
            }
            Self::Postgres(pool) => {
                let version: String = sqlx::query_scalar("SHOW server_version").fetch_one(pool).await?;
                format!("PostgreSQL {version}")
            }
        })
    }

    /// A transaction that sees one state of the database throughout, and writes nothing.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { reader, .. } => Tx::Sqlite(Begun::new(begun(reader.clone(), "BEGIN").await?)),
            Self::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Tx::Postgres(Begun::new(begun(pool.clone(), begin).await?))
            }
        })
    }

    /// As [`Self::read`], but what `memo` keeps is read once for all such transactions that share it.
    pub async fn read_once(&self, memo: &Memo) -> Result<Tx> {
        Ok(self.read().await?.remembering(memo.clone()))
    }

    /// A transaction that writes. On SQLite it takes the write lock at once: a read that turns into a write
    /// fails with "database is locked" instead of waiting.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(Begun::new(begun(writer.clone(), "BEGIN IMMEDIATE").await?)),
            Self::Postgres(pool) => Tx::Postgres(Begun::new(begun(pool.clone(), "BEGIN").await?)),
        })
    }

    /// Writes without changing anything, to see whether it can be done. On SQLite somebody who is writing just now shows
    /// it as well, and isn't waited for.
    ///
    /// # Errors
    /// Why it can't: no space left, no connection.
    pub async fn try_write(&self) -> Result<()> {
        if let Self::Sqlite { writer, .. } = self
            && writer.size() > 0
            && writer.num_idle() == 0
        {
            return Ok(());
        }
        let mut tx = self.write().await?;
        match &mut tx {
            // The first page is written anew, with what it holds.
            Tx::Sqlite(tx) => {
                let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut **tx).await?;
                let same = sqlx::AssertSqlSafe(format!("PRAGMA user_version = {version}"));
                sqlx::query(same).execute(&mut **tx).await?;
            }
            Tx::Postgres(tx) => {
                sqlx::query("SELECT pg_current_xact_id()").execute(&mut **tx).await?;
            }
        }
        tx.commit().await
    }

    /// A handle for the jobs. On PostgreSQL it has connections of its own: requests that wait for what a run has locked
    /// hold theirs meanwhile, and the run is to show that it lives. SQLite's one writer is everybody's.
    #[must_use]
    pub fn for_jobs(&self) -> Self {
        match self {
            Self::Sqlite { .. } => self.clone(),
            Self::Postgres(pool) => {
                Self::Postgres(postgres_pool(JOBS).connect_lazy_with(pool.connect_options().as_ref().clone()))
            }
        }
    }

    /// Closes every connection, so that an SQLite file is left without its side files.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { reader, writer, .. } => {
                reader.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    async fn check_version(&self) -> Result<(), ConnectError> {
        match self {
            Self::Sqlite { reader, .. } => {
                let found: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(reader).await?;
                if numbers(&found) < numbers(MINIMUM_SQLITE) { Err(ConnectError::OldSqlite { found }) } else { Ok(()) }
            }
            Self::Postgres(pool) => {
                let found: String = sqlx::query_scalar("SHOW server_version").fetch_one(pool).await?;
                if numbers(&found) < vec![15] { Err(ConnectError::OldPostgres { found }) } else { Ok(()) }
            }
        }
    }
}

/// Begins a transaction in a task of its own, which is seen through whoever waits for it. The caller may go away while
/// the database begins (a browser that leaves the page); sqlx 0.9 counts a transaction only once it has begun, and
/// would put the connection back into the pool with the transaction open.
async fn begun<DB: sqlx::Database>(pool: Pool<DB>, statement: &'static str) -> Result<Transaction<'static, DB>> {
    let begin = tokio::spawn(async move { pool.begin_with(statement).await });
    Ok(begin.await.map_err(|_| sqlx::Error::WorkerCrashed)??)
}

/// How long a request waits for a connection; a run over a million leads holds SQLite's writer for a while.
const WAIT: Duration = Duration::from_secs(60);

async fn open_postgres(url: &str) -> Result<Db, ConnectError> {
    let options = PgConnectOptions::from_str(url).map_err(ConnectError::Url)?;
    Ok(Db::Postgres(postgres_pool(REQUESTS).connect_with(options).await?))
}

/// Connections to PostgreSQL for what people ask for, and for the jobs: one at work, one for its heartbeat, one for
/// word of its progress, and those who look what is due, what waits, what was abandoned and what other servers say.
const REQUESTS: u32 = 16;
const JOBS: u32 = 8;

/// PostgreSQL compiles what it thinks dear, anew each time: half a second for a page that is read in less. And it would
/// ask only after hours whether a server still lives that has gone without a word, with all that it had locked.
const SESSION: &str = "SET jit = off; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; \
     SET tcp_keepalives_count = 3";

fn postgres_pool(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(WAIT)
        .after_connect(|connection, _| {
            Box::pin(async move { sqlx::raw_sql(SESSION).execute(connection).await.map(drop) })
        })
        .after_release(|connection, _| Box::pin(async move { Ok(is_free(connection)) }))
}

/// The file that a URL names, and nothing else of how it is opened.
fn sqlite_file(url: &str) -> Result<SqliteConnectOptions, ConnectError> {
    let options = SqliteConnectOptions::from_str(url).map_err(ConnectError::Url)?;
    if url.contains(":memory:") || url.contains("mode=memory") || options.get_filename().as_os_str().is_empty() {
        return Err(ConnectError::InMemory);
    }
    Ok(options)
}

async fn open_sqlite(url: &str) -> Result<Db, ConnectError> {
    let options = sqlite_file(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(30))
        // A run reads every eligible lead: waking up the reader every 50 rows, as is the default, costs more than the rows.
        .row_buffer_size(4096)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-65536")
        .optimize_on_close(true, 1000);
    let file = options.get_filename().to_path_buf();
    make_private(&file)?;
    let pool = |size| {
        let options = SqlitePoolOptions::new().max_connections(size).acquire_timeout(WAIT);
        options.after_release(|connection, _| {
            Box::pin(async move {
                // Once it answers, the rollback before it is done with.
                connection.ping().await?;
                Ok(is_free(connection))
            })
        })
    };
    let writer = pool(1).connect_with(options.clone()).await?;
    let reader = pool(8).connect_with(options.pragma("query_only", "on")).await?;
    Ok(Db::Sqlite { reader, writer, file })
}

/// Whether a connection may be used again; else it is closed. SQLite ends a transaction by itself when the disk is full or
/// fails (sqlite.org, "Response To Errors Within A Transaction"): the rollback that follows is refused, sqlx counts the
/// transaction as open for ever, and would begin none on this connection again.
fn is_free(connection: &impl Connection) -> bool {
    !connection.is_in_transaction()
}

fn numbers(version: &str) -> Vec<u32> {
    version
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .next()
        .unwrap_or_default()
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(numbers("3.51.3") > numbers("3.9.9"));
        assert!(numbers("3.50.4") < numbers(super::MINIMUM_SQLITE));
        assert!(numbers("15.18 (Debian 15.18-0+deb12u1)") > vec![15]);
        assert!(numbers("14.9") < vec![15]);
    }
}
