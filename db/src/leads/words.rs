//! What leads are found by.

use calliyo_domain::{
    search::{self, Phone, Search, Spellings},
    visibility::Customers,
};
use serde::Serialize;
use sqlx::FromRow;

use crate::{Result, Tx};

/// A lead that is there, known by its phone number, and the words it is found by.
#[derive(Clone, Debug, Serialize)]
pub struct Words<'a> {
    phone: &'a str,
    words: String,
}

impl<'a> Words<'a> {
    /// Those of a lead that is among these customers.
    #[must_use]
    pub fn of(first_name: &str, last_name: &str, phone: &'a str, email: &str, among: &[Customers]) -> Self {
        Self { phone, words: search::of_lead(first_name, last_name, phone, email, among) }
    }
}

/// All that the words of a lead are made of.
#[derive(FromRow)]
struct Source {
    first_name: String,
    last_name: String,
    phone: String,
    email: String,
    status_id: i64,
    converter_id: Option<i64>,
}

impl Source {
    fn words(&self) -> Words<'_> {
        let among = Customers::holding(self.status_id, self.converter_id);
        Words::of(&self.first_name, &self.last_name, &self.phone, &self.email, &among)
    }
}

macro_rules! select_sources {
    ($among:literal) => {
        concat!("SELECT first_name, last_name, phone, email, status_id, converter_id FROM leads WHERE id ", $among)
    };
}

/// Has these leads found by what they are by now: whoever changes a name, a phone, an email or who converted a lead
/// calls it in the same transaction. The number of statements doesn't depend on the number of leads.
pub(crate) async fn rewrite(tx: &mut Tx, leads: &[i64]) -> Result<()> {
    if leads.is_empty() {
        return Ok(());
    }
    let sources: Vec<Source> = match tx {
        Tx::Sqlite(tx) => {
            let ids = serde_json::to_string(leads)?;
            sqlx::query_as(select_sources!("IN (SELECT value FROM json_each($1))"))
                .bind(ids)
                .fetch_all(&mut **tx)
                .await?
        }
        Tx::Postgres(tx) => sqlx::query_as(select_sources!("= ANY($1)")).bind(leads).fetch_all(&mut **tx).await?,
    };
    write(tx, &sources.iter().map(Source::words).collect::<Vec<_>>()).await
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

/// A search that has words, in the database's own. Words hold letters, digits and marks alone, nothing that could be
/// taken for an operator.
pub(crate) fn sought(search: &Search, tx: &Tx) -> String {
    let [before, after, and, or] = match tx {
        Tx::Sqlite(_) => ["\"", "\"*", "AND", "OR"],
        Tx::Postgres(_) => ["'", "':*", "&", "|"],
    };
    let prefix = |word: &String| format!("{before}{word}{after}");
    let any = |spellings: &Spellings| match spellings.as_slice() {
        [word] => prefix(word),
        several => format!("({})", several.iter().map(prefix).collect::<Vec<_>>().join(&format!(" {or} "))),
    };
    let all = |words: &[Spellings]| words.iter().map(any).collect::<Vec<_>>().join(&format!(" {and} "));
    let words = all(&search.words);
    match &search.phone {
        Some(Phone { digits, beside }) if beside.is_empty() => format!("({words}) {or} {}", any(digits)),
        Some(Phone { digits, beside }) => format!("({words}) {or} ({} {and} {})", all(beside), any(digits)),
        None => words,
    }
}
