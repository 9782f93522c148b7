//! Undoing the call that was logged last.

use calliyo_db::{
    calls, follow_ups,
    last_calls::{self, LastCall},
    lead_changes::{self, Cause, Held, Lead},
    statuses,
};
use calliyo_domain::{
    Invalid,
    call::{Undoable, may_undo},
};

use super::{Services, calls as logging, forms, held};
use crate::{
    Fault,
    calls::{Place, UndoneCall},
};

pub(crate) async fn undo(id: Option<i64>, place: Place, here: &str) -> Result<UndoneCall, Fault> {
    let result = try_undo(id).await;
    match &result {
        Ok(undone) => {
            let page = held::page_or(place.page(undone.lead), undone.lead, place.without_lead()).await;
            forms::done_saying(&page, &[("undone", undone.lead.to_string())], "");
        }
        Err(fault) => {
            let here = forms::local_path(here).to_owned();
            let page = match lead_of(&here) {
                Some(lead) => held::page_or(here, lead, place.without_lead()).await,
                None => here,
            };
            forms::refused(&page, &[("form", "undo".to_owned())], fault, "");
        }
    }
    result
}

/// The lead whose page has that address.
fn lead_of(address: &str) -> Option<i64> {
    let path = address.split(['?', '#']).next()?;
    path.strip_prefix("/leads/")?.parse().ok()
}

async fn try_undo(id: Option<i64>) -> Result<UndoneCall, Fault> {
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    let mut tx = services.db.write().await?;
    let last = last_calls::of(&mut tx, user.id).await?;
    let last = last.filter(|last| id.is_none_or(|id| id == last.call_id)).ok_or_else(not_the_last)?;
    let lead = match lead_changes::hold_with(&mut tx, last.lead_id, last.before.owner).await? {
        Held::Yes(lead) => lead,
        Held::Moved | Held::Gone => return Err(Fault::Unavailable),
    };
    let now = services.clock.now();
    may_undo(undoable(&last, &lead), &statuses::list(&mut tx).await?, now)?;
    let call = calls::by_id(&mut tx, last.call_id).await?.ok_or(Fault::NotFound)?;
    let title = call.says.status.title();
    let why = format!("Call undone: {title}");
    let agreed = follow_ups::open(&mut tx, lead.id).await?;
    if !last_calls::undo(&mut tx, &last, &lead, Cause { actor: user.id, at: now, why: &why }).await? {
        return Err(not_the_last());
    }
    let seen = match lead_changes::by_id(&mut tx, lead.id).await? {
        Some(after) => logging::may_see(&mut tx, &user, &after).await?,
        None => false,
    };
    let agreed_anew = follow_ups::open(&mut tx, lead.id).await? != agreed;
    let put_back = lead.status_id != last.before.status || lead.owner_id != last.before.owner;
    let moved = agreed_anew || (put_back && !last.left_lead_alone());
    services
        .commit(tx, &logging::heard_by(&user, last.before.owner, lead.converter_id.or(last.before.converter), moved))
        .await?;
    let taken = !seen;
    let whom = if taken { String::new() } else { format!(" for {}", lead.name()) };
    Ok(UndoneCall { lead: lead.id, said: format!("Undone: {title}{whom}."), taken })
}

fn not_the_last() -> Fault {
    Invalid::new("", "Only the call that you logged last can be undone, and only once.").into()
}

fn undoable(last: &LastCall, lead: &Lead) -> Undoable {
    if last.left_lead_alone() {
        // Whatever becomes of the lead, there is nothing of it to be put back.
        let (status_before, version_then, version_now) = (lead.status_id, lead.version, lead.version);
        return Undoable { logged_at: last.logged_at, status_before, version_then, version_now };
    }
    Undoable {
        logged_at: last.logged_at,
        status_before: last.before.status,
        version_then: last.lead_version,
        version_now: lead.version,
    }
}
