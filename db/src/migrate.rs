use std::{fs::File, path::Path};

use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use calliyo_domain::status;
use sqlx::migrate::Migrator;

use crate::{Db, Result, Tx, leads::words, users};

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

/// apalis numbers its migrations as the product does its own: on SQLite, where both share one schema, its record
/// of them needs another name.
const QUEUE_MIGRATIONS: &str = "_apalis_migrations";

/// Customers per transaction.
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
        self.mark_customers().await?;
        self.complete_users().await
    }

    async fn complete_users(&self) -> Result<()> {
        if users::incomplete(&mut self.read().await?).await? {
            let mut tx = self.write().await?;
            users::complete(&mut tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Gives the customers of before version 5 their marks ([`calliyo_domain::search::mark`]), part by part: who was
    /// killed goes on from there, and servers that start together share the work.
    async fn mark_customers(&self) -> Result<()> {
        // Only who has something to write waits for the one that writes.
        while marked_up_to(&mut self.read().await?, "").await?.is_some() {
            self.mark_part().await?;
        }
        Ok(())
    }

    async fn mark_part(&self) -> Result<()> {
        let mut tx = self.write().await?;
        let lock = match tx {
            Tx::Sqlite(_) => "",
            Tx::Postgres(_) => "FOR UPDATE",
        };
        // Nothing: another server has marked the last of them.
        let Some(after) = marked_up_to(&mut tx, lock).await? else { return Ok(()) };
        let customers = customers_after(&mut tx, after).await?;
        words::rewrite(&mut tx, &customers).await?;
        on!(&mut tx, conn => match customers.last() {
            Some(last) => {
                sqlx::query("UPDATE unmarked_customers SET after_id = $1").bind(*last).execute(conn).await?;
            }
            None => {
                sqlx::query("DELETE FROM unmarked_customers").execute(conn).await?;
            }
        });
        tx.commit().await
    }
}

/// The id of the customer up to which all are marked; nothing where all are.
async fn marked_up_to(tx: &mut Tx, lock: &str) -> Result<Option<i64>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT after_id FROM unmarked_customers {lock}"));
    Ok(on!(tx, conn => sqlx::query_scalar(sql).fetch_optional(conn).await?))
}

async fn customers_after(tx: &mut Tx, id: i64) -> Result<Vec<i64>> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("SELECT id FROM leads WHERE status_id = $1 AND id > $2 ORDER BY id LIMIT $3")
            .bind(status::CUSTOMER)
            .bind(id)
            .bind(PART)
            .fetch_all(conn)
            .await?
    }))
}

/// Waits for the lock file beside the database; the lock goes with the value, and with a killed process.
async fn lock_beside(file: &Path) -> Result<File> {
    let path = file.with_extension("lock");
    let locked = tokio::task::spawn_blocking(move || {
        let lock = File::create(path)?;
        lock.lock()?;
        Ok(lock)
    });
    Ok(locked.await.map_err(std::io::Error::other).flatten().map_err(sqlx::Error::Io)?)
}
