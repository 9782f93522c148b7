//! Customers as far as Show customer to lets the viewer see them. Each way to them begins with [`visible`], and every
//! statement takes what it gives.

use std::collections::HashMap;

use calliyo_db::{
    Page, Tx,
    customers::{self, Customer, Place, Query},
    lead_changes, leads, settings,
    users::User,
};
use calliyo_domain::{
    company,
    lead::full_name,
    search::Search,
    settings::ShowCustomer,
    spreadsheet::{cell, phone_cell},
    visibility::{self, Customers},
};
use chrono_tz::Tz;

use super::{
    Part, Services, calls, company_time, lead_bulk,
    part::{Beside, PAGE, begins, cut_beside, numbers, page},
    session, timeline,
};
use crate::{
    Fault,
    customers::{CustomerDetail, CustomerPage, CustomerRow},
    ui::Moment,
};

/// Rows of a download that are read at a time.
const PART: i64 = 1_000;

/// What the user may see, by the setting as it is now.
pub(super) async fn visible(tx: &mut Tx, user: &User) -> Result<Customers, Fault> {
    let setting = settings::get::<ShowCustomer>(tx).await?.value;
    visibility::customers(&user.permissions(), setting, user.id).ok_or(Fault::Forbidden)
}

pub(crate) async fn list(q: &str, after: &str, before: &str) -> Result<CustomerPage, Fault> {
    let services = Services::current()?;
    let user = session::require_user(&services).await?;
    let mut tx = services.read().await?;
    let visible = visible(&mut tx, &user).await?;
    let zone = company_time::zone(&mut tx).await?;
    let page = page(after, before, place);
    let mut query = Query { visible, search: Search::of(q), page, limit: PAGE + 1 };
    let mut found = customers::list(&mut tx, &query).await?;
    if begins(&found, &query.page) {
        query.page = Page::First;
        found = customers::list(&mut tx, &query).await?;
    }
    let Beside { previous, next } =
        cut_beside(&mut found, &query.page, |row| format!("{}.{}", row.converted_at, row.id));
    let mut tags = tags(&mut tx, &found).await?;
    Ok(CustomerPage {
        previous,
        next,
        rows: found.into_iter().map(|customer| row(customer, &mut tags, zone)).collect(),
        count: customers::count(&mut tx, visible, query.search.as_ref()).await?,
        own: visible != Customers::All,
        time_zone: zone.name().to_owned(),
    })
}

pub(crate) async fn one(id: &str, shown: i64) -> Result<CustomerDetail, Fault> {
    let services = Services::current()?;
    let user = session::require_user(&services).await?;
    let mut tx = services.read().await?;
    let visible = visible(&mut tx, &user).await?;
    let id = id.parse().map_err(|_| Fault::NotFound)?;
    let customer = customers::get(&mut tx, visible, id).await?.ok_or(Fault::NotFound)?;
    let zone = company_time::zone(&mut tx).await?;
    let mut tags = leads::tags(&mut tx, &[id]).await?;
    let lead = lead_changes::by_id(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let (timeline, older) = timeline::read(&mut tx, id, shown, &timeline::Reader { zone, corrects: None }).await?;
    Ok(CustomerDetail {
        version: lead.version,
        source: customer.source.clone(),
        created: Moment::of(customer.created_at, zone),
        customer: row(customer, &mut tags, zone),
        timeline,
        older,
        opens: calls::may_see(&mut tx, &user, &lead).await?,
        choices: lead_bulk::choices(&mut tx, &user).await?,
        time_zone: zone.name().to_owned(),
    })
}

/// The columns of a download. Those that an import knows have its names.
pub const COLUMNS: [&str; 9] =
    ["FirstName", "LastName", "Phone", "Email", "Tags", "Source", "Owner", "ConvertedBy", "Converted"];

/// The next part of what the session of this digest may download. Asked anew each time, so that a download ends with
/// the session, and no transaction waits for a slow reader.
///
/// # Errors
/// As of any read: [`Fault::SignedOut`], [`Fault::Forbidden`] or [`Fault::Unavailable`].
pub async fn export(services: &Services, digest: &str, q: &str, after: Option<Place>) -> Result<Part<9, Place>, Fault> {
    let user = session::user_of(services, digest).await?.ok_or(Fault::SignedOut)?;
    let mut tx = services.read().await?;
    let visible = visible(&mut tx, &user).await?;
    let zone = company_time::zone(&mut tx).await?;
    let query = Query { visible, search: Search::of(q), page: after.map_or(Page::First, Page::After), limit: PART };
    let found = customers::list(&mut tx, &query).await?;
    let mut tags = tags(&mut tx, &found).await?;
    let last = found.last().filter(|_| found.len() == PART as usize);
    let next = last.map(|last| Place { converted_at: last.converted_at, id: last.id });
    let rows = found.into_iter().map(|customer| cells(customer, &mut tags, zone)).collect();
    Ok(Part { rows, next })
}

fn cells(customer: Customer, tags: &mut HashMap<i64, Vec<String>>, zone: Tz) -> [String; 9] {
    let text = |text: &str| cell(text).into_owned();
    let tags = tags.remove(&customer.id).unwrap_or_default().join(";");
    [
        text(&customer.first_name),
        text(&customer.last_name),
        phone_cell(&customer.phone).into_owned(),
        text(&customer.email),
        text(&tags),
        text(&customer.source),
        text(&customer.owner.unwrap_or_default()),
        text(&customer.converter.unwrap_or_default()),
        company::minute(customer.converted_at, zone),
    ]
}

async fn tags(tx: &mut Tx, found: &[Customer]) -> Result<HashMap<i64, Vec<String>>, Fault> {
    let ids: Vec<i64> = found.iter().map(|customer| customer.id).collect();
    Ok(leads::tags(tx, &ids).await?)
}

/// Where a page goes on or ends, as the address has it: `1778470200000.42`.
fn place(text: &str) -> Option<Place> {
    let (converted_at, id) = numbers(text)?;
    Some(Place { converted_at, id })
}

fn row(customer: Customer, tags: &mut HashMap<i64, Vec<String>>, zone: Tz) -> CustomerRow {
    CustomerRow {
        id: customer.id,
        name: full_name(&customer.first_name, &customer.last_name),
        phone: customer.phone,
        email: customer.email,
        converter: customer.converter,
        converted: Moment::of(customer.converted_at, zone),
        owner: customer.owner,
        tags: tags.remove(&customer.id).unwrap_or_default(),
    }
}
