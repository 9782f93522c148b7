//! What leads are found by.

use calliyo_domain::search;
use serde::Serialize;

use crate::{Result, Tx};

/// A lead that is there, known by its phone number, and the words it is found by.
#[derive(Clone, Debug, Serialize)]
pub struct Words<'a> {
    phone: &'a str,
    words: String,
}

impl<'a> Words<'a> {
    #[must_use]
    pub fn of(first_name: &str, last_name: &str, phone: &'a str, email: &str) -> Self {
        Self { phone, words: search::of_lead(first_name, last_name, phone, email) }
    }
}

/// Has each lead found by its words from now on, and by no others.
pub async fn write(tx: &mut Tx, words: &[Words<'_>]) -> Result<()> {
    let json = serde_json::to_string(words)?;
    match tx {
        // In the order of ids, since the index writes out what it has whenever one comes that is lower.
        Tx::Sqlite(tx) => {
            sqlx::query(
                "INSERT OR REPLACE INTO lead_words (rowid, words) SELECT l.id, r.value ->> 'words' \
                 FROM json_each($1) r CROSS JOIN leads l ON l.phone = r.value ->> 'phone' ORDER BY l.id",
            )
            .bind(json)
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "INSERT INTO lead_words (lead_id, words) SELECT l.id, array_to_tsvector(string_to_array(r.words, ' ')) \
                 FROM json_to_recordset($1::json) AS r (phone text, words text) JOIN leads l ON l.phone = r.phone \
                 ON CONFLICT (lead_id) DO UPDATE SET words = excluded.words",
            )
            .bind(json)
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}
