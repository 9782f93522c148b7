//! What is entered about one lead: added and edited by hand.

use std::collections::HashMap;

use calliyo_domain::{
    lead::{self, NewLead},
    lead_edit::{Fields, edited},
    status::UNASSIGNED,
};

use crate::{
    Result, Tx,
    import::{self, Incoming},
    lead_changes::{self, Cause, Lead},
    leads::{self, words},
    tags,
};

pub(crate) const BY_PHONE: &str = "SELECT id FROM leads WHERE phone = $1";

/// The lead that has this phone, in E.164.
pub async fn by_phone(tx: &mut Tx, phone: &str) -> Result<Option<i64>> {
    Ok(on!(tx, conn => sqlx::query_scalar(BY_PHONE).bind(phone).fetch_optional(conn).await?))
}

macro_rules! select_phones {
    ($among:literal) => {
        concat!("SELECT phone, id FROM leads WHERE phone ", $among)
    };
}

pub(crate) const BY_PHONES_SQLITE: &str = select_phones!("IN (SELECT value FROM json_each($1))");
pub(crate) const BY_PHONES_POSTGRES: &str = select_phones!("IN (SELECT value FROM json_array_elements_text($1::json))");

/// The leads that have these phones, by phone.
pub async fn by_phones(tx: &mut Tx, phones: &[&str]) -> Result<HashMap<String, i64>> {
    let phones = serde_json::to_string(phones)?;
    let rows: Vec<(String, i64)> = match tx {
        Tx::Sqlite(tx) => sqlx::query_as(BY_PHONES_SQLITE).bind(phones).fetch_all(&mut **tx).await?,
        Tx::Postgres(tx) => sqlx::query_as(BY_PHONES_POSTGRES).bind(phones).fetch_all(&mut **tx).await?,
    };
    Ok(rows.into_iter().collect())
}

/// Adds a lead that nobody owns yet, with its tags and its first event; nothing where another lead has the phone.
pub async fn add(tx: &mut Tx, fields: &Fields, actor: i64, now: i64) -> Result<Option<i64>> {
    let incoming = Incoming { lead: fields.lead.clone(), status: UNASSIGNED, why: lead::BY_HAND.to_owned() };
    if import::add(tx, &[incoming], fields.source.as_str(), Some(actor), now, |_| {}).await?.is_empty() {
        return Ok(None);
    }
    by_phone(tx, &fields.lead.phone).await
}

/// What is entered about a lead.
pub async fn of(tx: &mut Tx, lead: &Lead) -> Result<Fields> {
    Ok(Fields {
        lead: NewLead {
            first_name: lead.first_name.clone(),
            last_name: lead.last_name.clone(),
            phone: lead.phone.clone(),
            email: lead.email.clone(),
            tags: leads::tags(tx, &[lead.id]).await?.remove(&lead.id).unwrap_or_default(),
        },
        source: lead.source.clone(),
    })
}

/// Stores what was edited of a lead that is held, with an event that says so and leads nowhere. Gives whether anything
/// differs; nothing is written where nothing does. [`crate::Error::is_duplicate`] when another lead has the phone.
pub async fn edit(tx: &mut Tx, lead: &Lead, fields: &Fields, actor: i64, now: i64) -> Result<bool> {
    let NewLead { first_name, last_name, phone, email, tags } = &fields.lead;
    let tags = &tags::spelled(tx, tags).await?.of(tags);
    let spelled = Fields { lead: NewLead { tags: tags.clone(), ..fields.lead.clone() }, ..fields.clone() };
    let Some(why) = edited(&of(tx, lead).await?, &spelled) else { return Ok(false) };
    on!(tx, conn => {
        sqlx::query(
            "UPDATE leads SET first_name = $2, last_name = $3, phone = $4, email = $5, source = $6, version = version + 1 \
             WHERE id = $1",
        )
        .bind(lead.id)
        .bind(first_name)
        .bind(last_name)
        .bind(phone)
        .bind(email)
        .bind(&fields.source)
        .execute(&mut *conn)
        .await?;
        sqlx::query("DELETE FROM lead_tags WHERE lead_id = $1").bind(lead.id).execute(&mut *conn).await?;
        for tag in tags {
            sqlx::query("INSERT INTO lead_tags (lead_id, tag) VALUES ($1, $2)")
                .bind(lead.id)
                .bind(tag)
                .execute(&mut *conn)
                .await?;
        }
    });
    words::rewrite(tx, &[lead.id]).await?;
    lead_changes::write_event(tx, lead, &lead.state(), Cause { actor, at: now, why: &why }).await?;
    Ok(true)
}
