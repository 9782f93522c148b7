use std::ops::{Deref, DerefMut};

use sqlx::{Database, Postgres, Sqlite, Transaction};

use crate::{Memo, Result};

/// A transaction on either database; dropped without [`Tx::commit`], it is rolled back.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Begun<Sqlite>),
    Postgres(Begun<Postgres>),
}

/// A transaction's connection.
#[derive(Debug)]
pub struct Begun<DB: Database> {
    transaction: Transaction<'static, DB>,
    /// Of those alone that write nothing.
    memo: Option<Memo>,
}

impl<DB: Database> Begun<DB> {
    pub(crate) fn new(transaction: Transaction<'static, DB>) -> Self {
        Self { transaction, memo: None }
    }
}

impl<DB: Database> Deref for Begun<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &Self::Target {
        &self.transaction
    }
}

impl<DB: Database> DerefMut for Begun<DB> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.transaction
    }
}

impl Tx {
    /// Makes what was written durable and visible to others.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.transaction.commit().await?,
            Self::Postgres(tx) => tx.transaction.commit().await?,
        }
        Ok(())
    }

    /// What was read before it, and isn't read again.
    pub(crate) fn memo(&self) -> Option<Memo> {
        match self {
            Self::Sqlite(tx) => tx.memo.clone(),
            Self::Postgres(tx) => tx.memo.clone(),
        }
    }

    pub(crate) fn remembering(mut self, kept: Memo) -> Self {
        match &mut self {
            Self::Sqlite(Begun { memo, .. }) => *memo = Some(kept),
            Self::Postgres(Begun { memo, .. }) => *memo = Some(kept),
        }
        self
    }

    /// Takes what `sql` locks on PostgreSQL. On SQLite the write transaction is alone already.
    pub(crate) async fn lock(&mut self, sql: &'static str) -> Result<()> {
        if let Self::Postgres(tx) = self {
            sqlx::query(sql).execute(&mut **tx).await?;
        }
        Ok(())
    }
}
