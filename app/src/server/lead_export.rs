//! Downloads of leads, for holders of `management`.

use std::collections::HashMap;

use calliyo_db::{
    Page,
    leads::{self, ListedLead, Place, Query},
};
use calliyo_domain::{
    company,
    permission::Permission,
    spreadsheet::{cell, phone_cell},
};
use chrono_tz::Tz;

use super::{Part, Services, company_time, leads::seen_by, session};
use crate::{Fault, leads::Filter};

/// The columns of a download. Those that an import knows have its names.
pub const COLUMNS: [&str; 10] =
    ["FirstName", "LastName", "Phone", "Email", "Status", "Tags", "Owner", "Source", "Created", "StatusSince"];

/// Rows that are read at a time.
const PART: i64 = 1_000;

/// The next part of what `query`, the query of an address, asks for at the time `at` (unix ms): the leads that
/// follow `after`. The session is looked at anew each time, so that a download ends with it, and no transaction waits for
/// a slow reader.
///
/// # Errors
/// [`Fault::SignedOut`], [`Fault::Forbidden`], [`Fault::Unavailable`], or which field of the query can't be read.
pub async fn export(
    services: &Services,
    digest: &str,
    query: &str,
    at: i64,
    after: Option<Place>,
) -> Result<Part<10, Place>, Fault> {
    let user = session::require_of(services, digest, Permission::Management).await?;
    let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
    let mut tx = services.read().await?;
    let asked = Filter::of_pairs(pairs);
    let filter = seen_by(&mut tx, &user, &asked, at).await?;
    let zone = company_time::zone(&mut tx).await?;
    let page = after.map_or(Page::First, Page::After);
    let found = leads::list(&mut tx, &Query { filter, order: asked.order(), page, limit: PART }).await?;
    let ids: Vec<i64> = found.iter().map(|lead| lead.id).collect();
    let mut tags = leads::tags(&mut tx, &ids).await?;
    let next = found.last().filter(|_| found.len() == PART as usize).map(ListedLead::place);
    Ok(Part { rows: found.into_iter().map(|lead| cells(&lead, &mut tags, zone)).collect(), next })
}

fn cells(lead: &ListedLead, tags: &mut HashMap<i64, Vec<String>>, zone: Tz) -> [String; 10] {
    let text = |text: &str| cell(text).into_owned();
    let tags = tags.remove(&lead.id).unwrap_or_default().join(";");
    [
        text(&lead.first_name),
        text(&lead.last_name),
        phone_cell(&lead.phone).into_owned(),
        text(&lead.email),
        text(&lead.status),
        text(&tags),
        text(lead.owner.as_deref().unwrap_or_default()),
        text(&lead.source),
        company::minute(lead.created_at, zone),
        company::minute(lead.status_since, zone),
    ]
}
