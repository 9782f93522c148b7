//! Sign-in attempts, counted to slow guessing down.

use calliyo_domain::sign_in::{Failures, Holding, PER_ACCOUNT, PER_ADDRESS, PER_PAIR};
use sqlx::FromRow;

use crate::{Result, Tx};

#[derive(FromRow)]
struct Row {
    pair: i64,
    account: i64,
    address: i64,
    known: i64,
}

/// Attempts on one account, and from one address, take turns until their transactions end: made at once, they would all
/// count the same failures.
pub async fn take_turn(tx: &mut Tx, account: &str, address: &str) -> Result<()> {
    if let Tx::Postgres(tx) = tx {
        for (kind, of) in [(1, account), (2, address)] {
            sqlx::query("SELECT pg_advisory_xact_lock($1, hashtext($2))")
                .bind(kind)
                .bind(of)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

/// Failures since `since` (unix ms) on the account (a digest) and from the address.
pub async fn failures(tx: &mut Tx, account: &str, address: &str, since: i64) -> Result<Failures> {
    let row: Row = on!(tx, conn => {
        sqlx::query_as(
            "SELECT \
               (SELECT count(*) FROM sign_ins WHERE account = $1 AND address = $2 AND at > $3 AND NOT succeeded \
                  AND at > coalesce((SELECT max(at) FROM sign_ins WHERE account = $1 AND address = $2 AND succeeded), 0)) AS pair, \
               (SELECT count(*) FROM sign_ins WHERE account = $1 AND at > $3 AND NOT succeeded) AS account, \
               (SELECT count(*) FROM sign_ins WHERE address = $2 AND at > $3 AND NOT succeeded) AS address, \
               (SELECT count(*) FROM sign_ins WHERE account = $1 AND address = $2 AND succeeded) AS known",
        )
        .bind(account)
        .bind(address)
        .bind(since)
        .fetch_one(conn)
        .await?
    });
    Ok(Failures { pair: row.pair, account: row.account, address: row.address, known_address: row.known > 0 })
}

/// The failures since `since` (unix ms) that hold attempts up, of those that [`failures`] counts.
pub async fn holding(tx: &mut Tx, account: &str, address: &str, since: i64) -> Result<Holding> {
    let (pair, account, address): (Option<i64>, Option<i64>, Option<i64>) = on!(tx, conn => {
        sqlx::query_as(
            "SELECT \
               (SELECT at FROM sign_ins WHERE account = $1 AND address = $2 AND at > $3 AND NOT succeeded \
                  AND at > coalesce((SELECT max(at) FROM sign_ins WHERE account = $1 AND address = $2 AND succeeded), 0) \
                  ORDER BY at DESC LIMIT 1 OFFSET $4), \
               (SELECT at FROM sign_ins WHERE account = $1 AND at > $3 AND NOT succeeded \
                  ORDER BY at DESC LIMIT 1 OFFSET $5), \
               (SELECT at FROM sign_ins WHERE address = $2 AND at > $3 AND NOT succeeded \
                  ORDER BY at DESC LIMIT 1 OFFSET $6)",
        )
        .bind(account)
        .bind(address)
        .bind(since)
        .bind(PER_PAIR - 1)
        .bind(PER_ACCOUNT - 1)
        .bind(PER_ADDRESS - 1)
        .fetch_one(conn)
        .await?
    });
    Ok(Holding { pair, account, address })
}

/// The failures on an account hold it up no longer, since it has a new password. They still count for the addresses that
/// they came from.
pub async fn forget(tx: &mut Tx, account: &str) -> Result<()> {
    on!(tx, conn => {
        sqlx::query("UPDATE sign_ins SET account = '' WHERE account = $1 AND NOT succeeded")
            .bind(account)
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Writes an attempt down as failed, before the password is looked at: attempts made at once all count.
pub async fn begin(tx: &mut Tx, account: &str, address: &str, now: i64) -> Result<i64> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("INSERT INTO sign_ins (account, address, at, succeeded) VALUES ($1, $2, $3, $4) RETURNING id")
            .bind(account)
            .bind(address)
            .bind(now)
            .bind(false)
            .fetch_one(conn)
            .await?
    }))
}

/// The attempt was the rightful user's.
pub async fn succeed(tx: &mut Tx, attempt: i64) -> Result<()> {
    on!(tx, conn => {
        sqlx::query("UPDATE sign_ins SET succeeded = $2 WHERE id = $1").bind(attempt).bind(true).execute(conn).await?;
    });
    Ok(())
}

/// Whether somebody has signed in to the account (a digest) from there: an address, or what stands for a browser.
///
/// # Errors
/// When the database fails.
pub async fn has_signed_in(tx: &mut Tx, account: &str, from: &str) -> Result<bool> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM sign_ins WHERE account = $1 AND address = $2 AND succeeded)",
        )
        .bind(account)
        .bind(from)
        .fetch_one(conn)
        .await?
    }))
}

/// Whether somebody has signed in from there, to whatever account.
///
/// # Errors
/// When the database fails.
pub async fn is_known(tx: &mut Tx, from: &str) -> Result<bool> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sign_ins WHERE address = $1 AND succeeded)")
            .bind(from)
            .fetch_one(conn)
            .await?
    }))
}

/// Somebody has signed in to the account from there.
///
/// # Errors
/// When the database fails.
pub async fn remember(tx: &mut Tx, account: &str, from: &str, now: i64) -> Result<()> {
    let attempt = begin(tx, account, from, now).await?;
    succeed(tx, attempt).await
}

/// Forgets failures older than `failed_before` and successes older than `succeeded_before` (unix ms).
pub async fn prune(tx: &mut Tx, failed_before: i64, succeeded_before: i64) -> Result<u64> {
    Ok(on!(tx, conn => {
        sqlx::query("DELETE FROM sign_ins WHERE (NOT succeeded AND at < $1) OR at < $2")
            .bind(failed_before)
            .bind(succeeded_before)
            .execute(conn)
            .await?
            .rows_affected()
    }))
}
