//! Calls put right: the call says what is right, and what it said before is kept.

use std::collections::HashMap;

use calliyo_domain::call::Record;
use sqlx::FromRow;

use crate::{
    Result, Tx, call_sums,
    calls::{self, Call},
};

/// What a call said until somebody put it right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub call_id: i64,
    /// Unix ms.
    pub at: i64,
    pub by: String,
    pub said: Record,
}

#[derive(FromRow)]
struct Row {
    call_id: i64,
    at: i64,
    by: String,
    direction: String,
    status: String,
    duration_seconds: i64,
    note: String,
}

impl Row {
    fn into_correction(self) -> Result<Correction> {
        let said = calls::record(self.direction, self.status, self.duration_seconds, self.note)?;
        Ok(Correction { call_id: self.call_id, at: self.at, by: self.by, said })
    }
}

/// The call, which nobody else puts right or undoes until the transaction ends.
pub async fn hold(tx: &mut Tx, call: i64) -> Result<Option<Call>> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query("SELECT id FROM calls WHERE id = $1 FOR UPDATE").bind(call).execute(&mut **tx).await?;
    }
    calls::by_id(tx, call).await
}

/// Puts right a call that is held and counts: at `at`, `by` says that it was as `right` says and began at `started_at` (unix ms).
pub async fn add(tx: &mut Tx, call: &Call, right: &Record, started_at: i64, by: i64, at: i64) -> Result<()> {
    on!(tx, conn => {
        sqlx::query(
            "INSERT INTO call_corrections (call_id, at, user_id, direction, status, duration_seconds, note) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(call.id)
        .bind(at)
        .bind(by)
        .bind(call.says.direction.key())
        .bind(call.says.status.key())
        .bind(call.says.duration_seconds)
        .bind(&call.says.note)
        .execute(conn)
        .await?;
    });
    on!(tx, conn => {
        sqlx::query(
            "UPDATE calls SET started_at = $2, direction = $3, status = $4, duration_seconds = $5, note = $6 WHERE id = $1",
        )
        .bind(call.id)
        .bind(started_at)
        .bind(right.direction.key())
        .bind(right.status.key())
        .bind(right.duration_seconds)
        .bind(&right.note)
        .execute(conn)
        .await?;
    });
    call_sums::discount(tx, call.agent_id, call.started_at, &call.says).await?;
    call_sums::count(tx, call.agent_id, started_at, right).await
}

macro_rules! select_corrections {
    ($among:literal) => {
        concat!(
            "SELECT k.call_id, k.at, u.name AS by, k.direction, k.status, k.duration_seconds, k.note ",
            "FROM call_corrections k JOIN users u ON u.id = k.user_id WHERE k.call_id ",
            $among,
            " ORDER BY k.id DESC"
        )
    };
}

pub(crate) const OF_CALLS_SQLITE: &str = select_corrections!("IN (SELECT value FROM json_each($1))");
pub(crate) const OF_CALLS_POSTGRES: &str = select_corrections!("= ANY($1)");

/// What was put right of these calls, by call, newest first.
pub async fn of_calls(tx: &mut Tx, calls: &[i64]) -> Result<HashMap<i64, Vec<Correction>>> {
    let rows: Vec<Row> = match tx {
        Tx::Sqlite(tx) => {
            let ids = serde_json::to_string(calls)?;
            sqlx::query_as(OF_CALLS_SQLITE).bind(ids).fetch_all(&mut **tx).await?
        }
        Tx::Postgres(tx) => sqlx::query_as(OF_CALLS_POSTGRES).bind(calls).fetch_all(&mut **tx).await?,
    };
    let mut by_call: HashMap<i64, Vec<Correction>> = HashMap::new();
    for row in rows {
        by_call.entry(row.call_id).or_default().push(row.into_correction()?);
    }
    Ok(by_call)
}
