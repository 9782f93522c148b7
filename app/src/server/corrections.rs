//! Putting a logged call right.

use calliyo_db::{calls::Call, corrections, lead_changes, users::User};
use calliyo_domain::call::{Correctable, Record, correct as judge};

use super::{Services, calls as logging, company_time, forms, held};
use crate::{
    Fault,
    calls::{CorrectedCall, Place, TypedCall, talk, today::CALLS},
};

pub(crate) async fn correct(id: i64, typed: &TypedCall, place: Place, lead: i64) -> Result<CorrectedCall, Fault> {
    let result = try_correct(id, typed).await;
    // Of a lead that they may see no more, their own calls are there.
    let page = held::page_or(place.page(lead), lead, CALLS).await;
    match &result {
        Ok(_) => forms::done_saying(&page, &[("corrected", id.to_string())], "#timeline"),
        Err(fault) => {
            let form = format!("correct-{id}");
            let fragment = format!("#{form}");
            forms::refused(&page, &[("form", form), ("call", forms::json(typed))], fault, &fragment);
        }
    }
    result
}

async fn try_correct(id: i64, typed: &TypedCall) -> Result<CorrectedCall, Fault> {
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    let mut tx = services.db.write().await?;
    let call = corrections::hold(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let lead = lead_changes::by_id(&mut tx, call.lead_id).await?.ok_or(Fault::NotFound)?;
    if call.agent_id != user.id && !logging::may_see(&mut tx, &user, &lead).await? {
        return Err(Fault::NotFound);
    }
    let now = services.clock.now();
    correctable(&call).by(user.id, now, company_time::zone(&mut tx).await?)?;
    let right = logging::form(typed).record()?;
    let started_at = judge(correctable(&call), &right)?;
    corrections::add(&mut tx, &call, &right, started_at, user.id, now).await?;
    services.commit(tx, &logging::heard_by(&user, lead.owner_id, lead.converter_id, false)).await?;
    Ok(CorrectedCall { said: said(&right, &call.says) })
}

fn correctable(call: &Call) -> Correctable<'_> {
    let Call { agent_id, started_at, undone_at, ref says, .. } = *call;
    Correctable { agent: agent_id, started_at, undone: undone_at.is_some(), says }
}

/// Whether this user may put the call right now.
pub(super) fn may_correct(user: &User, call: &Call, now: i64, zone: chrono_tz::Tz) -> bool {
    correctable(call).by(user.id, now, zone).is_ok()
}

fn said(right: &Record, before: &Record) -> String {
    let in_words = |record: &Record| format!("{}, {}", record.status.title(), talk(record.duration_seconds));
    format!("Corrected: {}. Before: {}.", in_words(right), in_words(before))
}
