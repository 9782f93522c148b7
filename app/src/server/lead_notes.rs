//! Writing a note on a lead down, without a call.

use calliyo_db::lead_notes;
use calliyo_domain::note;

use super::{Services, calls as logging, forms};
use crate::{Fault, calls::Place, leads::detail::Noted};

pub(crate) async fn add(id: i64, typed: &str, place: Place) -> Result<Noted, Fault> {
    let result = try_add(id, typed).await;
    let page = place.page(id);
    match &result {
        Ok(_) => forms::done_saying(&page, &[("noted", "1".to_owned())], "#timeline"),
        Err(fault) => {
            let typed = [("form", "lead-note".to_owned()), ("note", typed.to_owned())];
            forms::refused(&page, &typed, fault, "#lead-note");
        }
    }
    result
}

async fn try_add(id: i64, typed: &str) -> Result<Noted, Fault> {
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    // Judged before anybody waits, and told only to who may see the lead.
    let note = note::check_alone(typed);
    let (mut tx, lead) = logging::hold(&services, &user, id).await?;
    let note = note?;
    lead_notes::add(&mut tx, lead.id, user.id, services.clock.now(), &note).await?;
    services.commit(tx, &logging::heard_by(&user, lead.owner_id, lead.converter_id, false)).await?;
    Ok(Noted { said: format!("Noted on {}.", lead.name()) })
}
