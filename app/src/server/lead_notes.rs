//! Writing a note on a lead down, without a call.

use calliyo_db::lead_notes;
use calliyo_domain::note;

use super::{
    Services, calls as logging, forms,
    held::{self, HeldLead},
};
use crate::{
    Fault,
    calls::{LEFT_AS_IT_IS, Place},
    leads::detail::{Noted, TypedNote},
};

pub(crate) async fn add(id: i64, typed: &TypedNote, place: Place) -> Result<Noted, Fault> {
    let result = try_add(id, typed).await;
    let page = held::page_or(place.page(id), id, place.without_lead()).await;
    match &result {
        Ok(noted) => {
            let taken = noted.taken.then(|| ("taken", "1".to_owned()));
            let said: Vec<_> = [("noted", "1".to_owned())].into_iter().chain(taken).collect();
            forms::done_saying(&page, &said, if noted.taken { "" } else { "#timeline" });
        }
        Err(fault) => {
            let typed = [
                ("form", "lead-note".to_owned()),
                ("note", typed.note.clone()),
                ("note_on", id.to_string()),
                ("opened_at", typed.opened_at.clone()),
            ];
            forms::refused(&page, &typed, fault, "#lead-note");
        }
    }
    result
}

async fn try_add(id: i64, typed: &TypedNote) -> Result<Noted, Fault> {
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    // Judged before anybody waits, and told only to who may note something on the lead.
    let note = note::check_alone(&typed.note);
    let HeldLead { mut tx, lead, taken } = held::hold_to_write_down(&services, &user, id, &typed.opened_at).await?;
    let note = note?;
    lead_notes::add(&mut tx, lead.id, user.id, services.clock.now(), &note).await?;
    services.commit(tx, &logging::heard_by(&user, lead.owner_id, lead.converter_id, false)).await?;
    let said = if taken { format!("Noted. {LEFT_AS_IT_IS}") } else { format!("Noted on {}.", lead.name()) };
    Ok(Noted { said, taken })
}
