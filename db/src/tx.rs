use sqlx::{Postgres, Sqlite, Transaction};

use crate::Result;

/// A transaction on either database; dropped without [`Tx::commit`], it is rolled back.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Makes what was written durable and visible to others.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Takes what `sql` locks on PostgreSQL. On SQLite the write transaction is alone already.
    pub(crate) async fn lock(&mut self, sql: &'static str) -> Result<()> {
        if let Self::Postgres(tx) = self {
            sqlx::query(sql).execute(&mut **tx).await?;
        }
        Ok(())
    }
}
