//! The rows of a file that an import did not take in.

use calliyo_domain::{
    call::LeadState,
    import::{BadRow, RowKind},
    lead::full_name,
};
use serde::Serialize;
use sqlx::FromRow;

use crate::{Result, Tx};

/// A row that is left out.
#[derive(Clone, Debug, Serialize)]
pub struct NewRow {
    /// Where it begins in the file.
    pub line: i64,
    /// Why; nothing where [`Self::lead`] has its phone.
    pub reason: Option<String>,
    pub lead: Option<i64>,
    /// What it holds, as JSON: its texts in the file's order.
    pub cells: String,
    /// The key of its [`calliyo_domain::import::RowKind`].
    pub kind: &'static str,
}

/// Rows per statement.
const PART: usize = 5_000;

/// Writes down which rows a run leaves out.
pub async fn add(tx: &mut Tx, run: i64, rows: &[NewRow]) -> Result<()> {
    for part in rows.chunks(PART) {
        let json = serde_json::to_string(part)?;
        match tx {
            Tx::Sqlite(tx) => {
                sqlx::query(
                    "INSERT INTO import_rows (run_id, line, reason, lead_id, cells, kind) SELECT $2, value ->> 'line', \
                     value ->> 'reason', value ->> 'lead', value ->> 'cells', value ->> 'kind' FROM json_each($1) ORDER BY value ->> 'line'",
                )
                .bind(json)
                .bind(run)
                .execute(&mut **tx)
                .await?;
            }
            Tx::Postgres(tx) => {
                sqlx::query(
                    "INSERT INTO import_rows (run_id, line, reason, lead_id, cells, kind) SELECT $2, line, reason, lead, cells, kind \
                     FROM json_to_recordset($1::json) AS r (line bigint, reason text, lead bigint, cells text, kind text) \
                     ORDER BY line",
                )
                .bind(json)
                .bind(run)
                .execute(&mut **tx)
                .await?;
            }
        }
    }
    Ok(())
}

/// A row that is left out, with the lead that has its phone, if that is why.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Row {
    pub line: i64,
    pub reason: Option<String>,
    pub cells: String,
    pub lead: Option<i64>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub status_id: Option<i64>,
    pub status: Option<String>,
    pub on_queue: Option<bool>,
    pub owner_id: Option<i64>,
    pub owner: Option<String>,
    pub converter_id: Option<i64>,
    pub converted_at: Option<i64>,
}

impl Row {
    /// What the row holds.
    pub fn cells(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_str(&self.cells)?)
    }

    /// What decides who may see the lead that has its phone.
    #[must_use]
    pub fn lead_state(&self) -> Option<LeadState> {
        Some(LeadState {
            status: self.status_id?,
            owner: self.owner_id,
            converter: self.converter_id,
            converted_at: self.converted_at,
        })
    }

    /// First and last name of the lead that has its phone.
    #[must_use]
    pub fn lead_name(&self) -> String {
        full_name(self.first_name.as_deref().unwrap_or_default(), self.last_name.as_deref().unwrap_or_default())
    }
}

macro_rules! select_rows {
    ($where:literal) => {
        concat!(
            "SELECT r.line, r.reason, r.cells, r.lead_id AS lead, l.first_name, l.last_name, l.status_id, ",
            "s.name AS status, s.on_queue, l.owner_id, u.name AS owner, l.converter_id, l.converted_at FROM import_rows r LEFT JOIN leads l ON l.id = r.lead_id ",
            "LEFT JOIN statuses s ON s.id = l.status_id LEFT JOIN users u ON u.id = l.owner_id WHERE r.run_id = $1 ",
            $where
        )
    };
}

pub(crate) const ALL: &str = select_rows!("ORDER BY r.line, r.id");
pub(crate) const DUPLICATES: &str = select_rows!("AND r.lead_id IS NOT NULL ORDER BY r.id LIMIT $2");

/// The first `limit` rows whose phone a lead has already.
pub async fn duplicates(tx: &mut Tx, run: i64, limit: i64) -> Result<Vec<Row>> {
    Ok(on!(tx, conn => sqlx::query_as(DUPLICATES).bind(run).bind(limit).fetch_all(conn).await?))
}

/// All rows that a run left out, in the file's order.
pub async fn all(tx: &mut Tx, run: i64) -> Result<Vec<Row>> {
    Ok(on!(tx, conn => sqlx::query_as(ALL).bind(run).fetch_all(conn).await?))
}

/// The first `limit` rows that could not be taken in, without the lines that stand in a quote of a row above.
pub async fn bad(tx: &mut Tx, run: i64, limit: i64) -> Result<Vec<BadRow>> {
    of_kind(tx, BAD, run, limit, RowKind::Row).await
}

/// The first `limit` rows that were taken in without a part of them.
pub async fn remarks(tx: &mut Tx, run: i64, limit: i64) -> Result<Vec<BadRow>> {
    of_kind(tx, REMARKS, run, limit, RowKind::Remark).await
}

macro_rules! select_kind {
    ($kind:literal) => {
        concat!(
            "SELECT r.line, coalesce(r.reason, ''), r.cells FROM import_rows r WHERE r.run_id = $1 AND r.kind = '",
            $kind,
            "' AND r.lead_id IS NULL ORDER BY r.id LIMIT $2"
        )
    };
}

pub(crate) const BAD: &str = select_kind!("row");
pub(crate) const REMARKS: &str = select_kind!("remark");

async fn of_kind(tx: &mut Tx, sql: &'static str, run: i64, limit: i64, kind: RowKind) -> Result<Vec<BadRow>> {
    let rows: Vec<(i64, String, String)> =
        on!(tx, conn => sqlx::query_as(sql).bind(run).bind(limit).fetch_all(conn).await?);
    let row = |(line, reason, cells): (i64, String, String)| {
        Ok(BadRow { line: line.unsigned_abs(), reason, cells: serde_json::from_str(&cells)?, kind })
    };
    rows.into_iter().map(row).collect()
}
