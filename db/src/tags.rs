//! How the company writes its tags: those that look the same are one.

use std::collections::{BTreeMap, HashMap};

use calliyo_domain::text;
use serde::Serialize;

use crate::{Result, Tx};

#[derive(Serialize)]
struct Row<'a> {
    key: String,
    tag: &'a str,
}

/// Tags as the company writes them, by [`text::key`].
#[derive(Debug, Default)]
pub(crate) struct Spelled(HashMap<String, String>);

impl Spelled {
    /// These tags as the company writes them, each once.
    pub fn of(&self, tags: &[String]) -> Vec<String> {
        let mut spelled = Vec::with_capacity(tags.len());
        for tag in tags {
            let tag = self.0.get(&text::key(tag)).unwrap_or(tag);
            if !spelled.contains(tag) {
                spelled.push(tag.clone());
            }
        }
        spelled
    }
}

/// How the company writes these; those that it has not are new, as they are written first.
pub(crate) async fn spelled<'a>(tx: &mut Tx, tags: impl IntoIterator<Item = &'a String>) -> Result<Spelled> {
    let mut seen: HashMap<&str, ()> = HashMap::new();
    let mut rows: BTreeMap<String, Row<'_>> = BTreeMap::new();
    for tag in tags {
        if seen.insert(tag, ()).is_none() {
            let key = text::key(tag);
            rows.entry(key.clone()).or_insert(Row { key, tag });
        }
    }
    if rows.is_empty() {
        return Ok(Spelled::default());
    }
    // In one order, so that two who add the same tags don't wait for each other.
    let json = serde_json::to_string(&rows.values().collect::<Vec<_>>())?;
    let add = match tx {
        Tx::Sqlite(_) => {
            "INSERT INTO tags (tag_key, tag) SELECT value ->> 'key', value ->> 'tag' FROM json_each($1) WHERE TRUE \
             ON CONFLICT (tag_key) DO NOTHING"
        }
        Tx::Postgres(_) => {
            "INSERT INTO tags (tag_key, tag) SELECT key, tag FROM json_to_recordset($1::json) AS r (key text, tag text) \
             ON CONFLICT (tag_key) DO NOTHING"
        }
    };
    on!(tx, conn => {
        sqlx::query(add).bind(&json).execute(conn).await?;
    });
    by_key(tx, rows.into_keys().collect()).await
}

async fn by_key(tx: &mut Tx, keys: Vec<String>) -> Result<Spelled> {
    let read = match tx {
        Tx::Sqlite(_) => "SELECT tag_key, tag FROM tags WHERE tag_key IN (SELECT value FROM json_each($1))",
        Tx::Postgres(_) => "SELECT tag_key, tag FROM tags WHERE tag_key IN (SELECT json_array_elements_text($1::json))",
    };
    let json = serde_json::to_string(&keys)?;
    let stored: Vec<(String, String)> = on!(tx, conn => sqlx::query_as(read).bind(&json).fetch_all(conn).await?);
    Ok(Spelled(stored.into_iter().collect()))
}

/// These tags as the company writes them, each once: what somebody asks for, in an address or a view of long ago, may be
/// written otherwise. Adds none, as [`spelled`] does.
///
/// # Errors
/// When the database fails.
pub async fn as_written(tx: &mut Tx, tags: &[String]) -> Result<Vec<String>> {
    if tags.is_empty() {
        return Ok(Vec::new());
    }
    Ok(by_key(tx, tags.iter().map(|tag| text::key(tag)).collect()).await?.of(tags))
}

/// Gives the leads of before version 14 one spelling of each tag: the one that most of them have.
pub(crate) async fn unify(tx: &mut Tx) -> Result<()> {
    let mut stored: Vec<(String, i64)> = on!(tx, conn => {
        sqlx::query_as("SELECT tag, count(*) FROM lead_tags GROUP BY tag").fetch_all(conn).await?
    });
    stored.sort_by(|(a, leads), (b, more)| more.cmp(leads).then_with(|| a.cmp(b)));
    let all: Vec<String> = stored.into_iter().map(|(tag, _)| tag).collect();
    // What nobody sees is no part of a spelling.
    let lines: Vec<String> = all.iter().map(|tag| text::line(tag)).filter(|tag| !tag.is_empty()).collect();
    let spelled = spelled(tx, &lines).await?;
    for tag in &all {
        let Some(right) = spelled.0.get(&text::key(tag)).filter(|right| *right != tag) else { continue };
        on!(tx, conn => {
            sqlx::query(
                "INSERT INTO lead_tags (lead_id, tag) SELECT t.lead_id, $2 FROM lead_tags t WHERE t.tag = $1 AND \
                   NOT EXISTS (SELECT 1 FROM lead_tags o WHERE o.lead_id = t.lead_id AND o.tag = $2)",
            )
            .bind(tag)
            .bind(right)
            .execute(&mut *conn)
            .await?;
            sqlx::query("DELETE FROM lead_tags WHERE tag = $1").bind(tag).execute(conn).await?;
        });
    }
    Ok(())
}
