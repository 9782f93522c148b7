//! Agreeing on a lead's next call, moving it or dropping it, without a call.

use calliyo_db::{
    follow_ups,
    lead_changes::{self, Cause},
};
use calliyo_domain::{Invalid, call::NextCall, company};

use super::{Services, calls as logging, company_time, forms, made_under};
use crate::{
    Fault,
    calls::Place,
    leads::detail::{Agreed, TypedNextCall},
};

/// Why the lead moves, as its timeline says it.
const AGREED: &str = "Next call agreed";

pub(crate) async fn set(id: i64, typed: &TypedNextCall, place: Place) -> Result<Agreed, Fault> {
    let result = try_set(id, typed).await;
    let page = place.page(id);
    match &result {
        Ok(_) => {
            let said = if typed.drop { "dropped" } else { "set" };
            forms::done_saying(&page, &[("next_call", said.to_owned())], "#next-call");
        }
        Err(fault) => {
            let typed = [("form", "next-call".to_owned()), ("follow_up", typed.follow_up.clone())];
            forms::refused(&page, &typed, fault, "#next-call");
        }
    }
    result
}

async fn try_set(id: i64, typed: &TypedNextCall) -> Result<Agreed, Fault> {
    let TypedNextCall { follow_up, time_zone, drop, seen } = typed;
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    let (mut tx, lead) = logging::hold(&services, &user, id).await?;
    let now = services.clock.now();
    let zone = company_time::zone(&mut tx).await?;
    if !drop {
        made_under::time("follow_up", follow_up, time_zone, zone)?;
    }
    let next = NextCall::of_form(follow_up, *drop, now, zone)?;
    let open = follow_ups::open(&mut tx, id).await?;
    if open.first().map(ToString::to_string).unwrap_or_default() != *seen {
        return Err(
            Invalid::new("", "The next call was changed meanwhile: look at it again. Nothing was changed.").into()
        );
    }
    let after = next.effect(&lead.state(), &open, now)?;

    lead_changes::change(&mut tx, &lead, &after, Cause { actor: user.id, at: now, why: AGREED }).await?;
    follow_ups::call_off(&mut tx, id, user.id, now).await?;
    if let NextCall::At(due) = next {
        follow_ups::add(&mut tx, id, user.id, due, now, None).await?;
    }
    // It moves in the order of the tasks.
    services.commit(tx, &logging::heard_by(&user, lead.owner_id, lead.converter_id, true)).await?;
    let (said, due) = match next {
        NextCall::At(due) => (format!("Next call with {}: {}.", lead.name(), company::minute(due, zone)), Some(due)),
        NextCall::Dropped => (format!("No call is agreed on with {} any more.", lead.name()), None),
    };
    Ok(Agreed { said, due })
}
