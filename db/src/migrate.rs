use std::{fs::File, os::unix::fs::OpenOptionsExt as _, path::Path};

use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use calliyo_domain::status;
use sqlx::{AssertSqlSafe, migrate::Migrator};

use crate::{Db, Result, Tx, alone::OWNERS, leads::words, seen_names, tags, users};

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

/// apalis numbers its migrations as the product does its own: on SQLite, where both share one schema, its record
/// of them needs another name.
const QUEUE_MIGRATIONS: &str = "_apalis_migrations";

/// Leads per transaction.
const PART: i64 = 5_000;

impl Db {
    /// Brings the schema, and the job queue's, up to date. Servers that start together take turns.
    pub async fn migrate(&self) -> Result<()> {
        match self {
            Self::Sqlite { writer, file, .. } => {
                let _turn = lock_beside(file).await?;
                SQLITE.run(writer).await?;
                // Never SqliteStorage::setup(): it would switch synchronous off.
                let mut queue = SqliteStorage::migrations();
                queue.dangerous_set_table_name(QUEUE_MIGRATIONS);
                queue.run(writer).await?;
            }
            // sqlx takes an advisory lock of its own here.
            Self::Postgres(pool) => {
                POSTGRES.run(pool).await?;
                let mut queue = PostgresStorage::migrations();
                queue.dangerous_set_table_name(QUEUE_MIGRATIONS);
                queue.run(pool).await?;
            }
        }
        for words in [Words::OfCustomers, Words::OfLeads] {
            self.write_words(words).await?;
        }
        self.complete_users().await?;
        self.complete_names().await
    }

    async fn complete_names(&self) -> Result<()> {
        if seen_names::incomplete(&mut self.read().await?).await? {
            let mut tx = self.write().await?;
            seen_names::complete(&mut tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn complete_users(&self) -> Result<()> {
        if users::incomplete(&mut self.read().await?).await? {
            let mut tx = self.write().await?;
            users::complete(&mut tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Gives leads of before the words that they are found by today, part by part: who was killed goes on from there, and
    /// servers that start together share the work.
    async fn write_words(&self, of: Words) -> Result<()> {
        // Only who has something to write waits for the one that writes.
        while written_up_to(&mut self.read().await?, of, "").await?.is_some() {
            self.write_part(of).await?;
        }
        Ok(())
    }

    async fn write_part(&self, of: Words) -> Result<()> {
        let mut tx = self.write().await?;
        let lock = match tx {
            Tx::Sqlite(_) => "",
            Tx::Postgres(_) => "FOR UPDATE",
        };
        // Nothing: another server has written the last of them.
        let Some(after) = written_up_to(&mut tx, of, lock).await? else { return Ok(()) };
        if of == Words::OfLeads && after == 0 {
            tags::unify(&mut tx).await?;
        }
        let leads = leads_after(&mut tx, of, after).await?;
        words::rewrite(&mut tx, &leads).await?;
        let table = of.table();
        on!(&mut tx, conn => match leads.last() {
            Some(last) => {
                sqlx::query(AssertSqlSafe(format!("UPDATE {table} SET after_id = $1"))).bind(*last).execute(conn).await?;
            }
            None => {
                sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(conn).await?;
            }
        });
        tx.commit().await
    }
}

/// Which leads of before need other words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// The customers of before version 5, their marks ([`calliyo_domain::search::mark`]).
    OfCustomers,
    /// All leads of before version 14, their emoji and last digits.
    OfLeads,
}

impl Words {
    /// Holds up to which lead it is done, and nothing when all are.
    fn table(self) -> &'static str {
        match self {
            Self::OfCustomers => "unmarked_customers",
            Self::OfLeads => "unwritten_words",
        }
    }
}

/// The id of the lead up to which all are written; nothing where all are.
async fn written_up_to(tx: &mut Tx, of: Words, lock: &str) -> Result<Option<i64>> {
    let sql = AssertSqlSafe(format!("SELECT after_id FROM {} {lock}", of.table()));
    Ok(on!(tx, conn => sqlx::query_scalar(sql).fetch_optional(conn).await?))
}

async fn leads_after(tx: &mut Tx, of: Words, id: i64) -> Result<Vec<i64>> {
    let on = if of == Words::OfCustomers { format!("status_id = {} AND", status::CUSTOMER) } else { String::new() };
    let sql = AssertSqlSafe(format!("SELECT id FROM leads WHERE {on} id > $1 ORDER BY id LIMIT $2"));
    Ok(on!(tx, conn => sqlx::query_scalar(sql).bind(id).bind(PART).fetch_all(conn).await?))
}

/// Waits for the lock file beside the database; the lock goes with the value, and with a killed process.
async fn lock_beside(file: &Path) -> Result<File> {
    let path = file.with_extension("lock");
    let locked = tokio::task::spawn_blocking(move || {
        let lock = File::options().write(true).create(true).truncate(false).mode(OWNERS).open(path)?;
        lock.lock()?;
        Ok(lock)
    });
    Ok(locked.await.map_err(std::io::Error::other).flatten().map_err(sqlx::Error::Io)?)
}
