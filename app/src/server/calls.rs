//! Logging a call: who may, what it does to the lead, and who hears of it.

use std::collections::BTreeSet;

use calliyo_db::{
    Tx, calls, follow_ups, last_calls,
    lead_changes::{self, Cause, Held, Lead},
    settings, statuses,
    tasks::{self, TaskFilter},
    users::User,
};
use calliyo_domain::{
    call::{self, CallForm, CallStatus, NewCall, held_when_opened},
    company,
    permission::Permissions,
    settings::{General, ShowCustomer},
    status, visibility,
};
use chrono_tz::Tz;

use super::{Services, company_time, forms, session, tasks::meant};
use crate::{
    Fault,
    calls::{CallOptions, LoggedCall, Opened, Place, TypedCall},
    live::LiveEvent,
    tasks::Asked,
    ui::Moment,
};

/// Whether somebody may see this lead, and log calls on it, by the setting as it is now.
pub(super) async fn may_see(tx: &mut Tx, user: &User, lead: &Lead) -> calliyo_db::Result<bool> {
    let setting = settings::get::<ShowCustomer>(tx).await?.value;
    Ok(visibility::lead(&user.permissions(), setting, user.id, &lead.state()))
}

/// The signed-in user, if they work with leads at all.
pub(super) async fn require_lead_user(services: &Services) -> Result<User, Fault> {
    let user = session::require_user(services).await?;
    let Permissions { management, tasks, .. } = user.permissions();
    if management || tasks { Ok(user) } else { Err(Fault::Forbidden) }
}

/// What the form of this lead starts with.
pub(super) async fn options(tx: &mut Tx, user: &User, lead: &Lead, now: i64, zone: Tz) -> Result<CallOptions, Fault> {
    let all = statuses::list(tx).await?;
    let country = settings::get::<General>(tx).await?.value.country;
    let follow_up = call::default_follow_up(now, zone, &country).map(|at| Moment::of(at, zone).for_field());
    let (state, may_unassign) = (lead.state(), user.permissions().management);
    let statuses = all.into_iter().filter(|status| {
        let may = may_unassign || status.id != status::UNASSIGNED;
        may && status.id != lead.status_id && state.may_take(status.id)
    });
    Ok(CallOptions {
        lead: lead.id,
        name: lead.name(),
        status_id: lead.status_id,
        statuses: statuses.collect(),
        follow_up: follow_up.unwrap_or_default(),
        opened_at: Opened(now),
        time_zone: zone.name().to_owned(),
    })
}

pub(crate) async fn log(id: i64, typed: &TypedCall, place: Place, tasks: &Asked) -> Result<LoggedCall, Fault> {
    let result = try_log(id, typed, tasks).await;
    let from_tasks = place == Place::Tasks;
    let page = if from_tasks { tasks.lead(id) } else { place.page(id) };
    match &result {
        Ok(logged) => {
            let page = match (from_tasks, logged.taken) {
                (true, _) => tasks.go_on(logged.next),
                // The lead's page is no longer theirs to see.
                (false, true) => place.without_lead().to_owned(),
                (false, false) => page,
            };
            let mut said = vec![("logged", logged.call.to_string())];
            said.extend(logged.taken.then(|| ("taken", "1".to_owned())));
            forms::done_saying(&page, &said, "");
        }
        Err(fault) => {
            let page = if *fault == Fault::NotFound { place.without_lead() } else { &page };
            let typed = [("call_on", id.to_string()), ("call", forms::json(typed))];
            forms::refused(page, &typed, fault, "#log-call");
        }
    }
    result
}

async fn try_log(id: i64, typed: &TypedCall, tasks: &Asked) -> Result<LoggedCall, Fault> {
    let services = Services::current()?;
    let user = require_lead_user(&services).await?;
    let (mut tx, lead, taken) = hold_to_log(&services, &user, id, typed.opened_at.parse().ok()).await?;
    if let Some(call) = last_calls::sent(&mut tx, user.id, once(typed)).await? {
        let again = sent_again(&services, tx, &user, &lead, call, tasks).await?;
        return Ok(LoggedCall { taken, ..again });
    }
    if taken {
        return store_alone(&services, tx, &user, &lead, typed, tasks).await;
    }
    store(&services, tx, &user, &lead, typed, tasks).await
}

/// What a form calls itself, in as much as is kept of it; PostgreSQL takes no NUL.
fn once(typed: &TypedCall) -> &str {
    let name = typed.once.as_str();
    if name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) { name } else { "" }
}

/// The answer that didn't come the first time.
async fn sent_again(
    services: &Services,
    mut tx: Tx,
    user: &User,
    lead: &Lead,
    call: i64,
    asked: &Asked,
) -> Result<LoggedCall, Fault> {
    let zone = company_time::zone(&mut tx).await?;
    let stored = calls::by_id(&mut tx, call).await?.ok_or(Fault::NotFound)?;
    let today = company_time::today(services.clock.now(), zone);
    let next = next_of(&mut tx, user, today, asked, lead).await?;
    let said = said(stored.says.status, None, lead, zone);
    Ok(LoggedCall { call, lead: stored.lead_id, said, next, taken: false })
}

/// The lead to call after `lead`: one of those that were asked for, or else of the whole queue.
async fn next_of(
    tx: &mut Tx,
    user: &User,
    today: tasks::Today,
    asked: &Asked,
    lead: &Lead,
) -> calliyo_db::Result<Option<i64>> {
    let next = match meant(asked) {
        Ok(filter) if filter != TaskFilter::default() => {
            tasks::next_of(tx, user.id, today, &filter, Some(lead.id)).await?
        }
        _ => tasks::next(tx, user.id, today, Some(lead.id)).await?,
    };
    Ok(next.map(|task| task.id))
}

/// How often a lead that changes hands in the very moment is tried.
const TRIES: usize = 5;

/// The lead, held for a transaction, if `user` may see it.
pub(super) async fn hold(services: &Services, user: &User, id: i64) -> Result<(Tx, Box<Lead>), Fault> {
    hold_to_log(services, user, id, None).await.map(|(tx, lead, _)| (tx, lead))
}

/// The same, and whether it was taken from the user since they opened its page, at `opened_at` (unix ms): of such a lead
/// they may write down what happened, though they see it no more.
async fn hold_to_log(
    services: &Services,
    user: &User,
    id: i64,
    opened_at: Option<i64>,
) -> Result<(Tx, Box<Lead>, bool), Fault> {
    for _ in 0..TRIES {
        let mut tx = services.db.write().await?;
        match lead_changes::hold(&mut tx, id).await? {
            Held::Yes(lead) if may_see(&mut tx, user, &lead).await? => return Ok((tx, lead, false)),
            Held::Yes(lead) if was_taken(&mut tx, services, user, id, opened_at).await? => return Ok((tx, lead, true)),
            Held::Yes(_) | Held::Gone => return Err(Fault::NotFound),
            Held::Moved => {}
        }
    }
    Err(Fault::Unavailable)
}

/// Whether the lead's own events say that it was the user's when they opened its page; what the form says of that is
/// their word alone.
async fn was_taken(
    tx: &mut Tx,
    services: &Services,
    user: &User,
    lead: i64,
    opened_at: Option<i64>,
) -> calliyo_db::Result<bool> {
    let Some(opened_at) = opened_at.filter(|_| user.permissions().tasks) else { return Ok(false) };
    let left = lead_changes::left_at(tx, lead, user.id).await?;
    Ok(left.is_some_and(|left| held_when_opened(opened_at, left, services.clock.now())))
}

async fn store(
    services: &Services,
    mut tx: Tx,
    user: &User,
    lead: &Lead,
    typed: &TypedCall,
    asked: &Asked,
) -> Result<LoggedCall, Fault> {
    let now = services.clock.now();
    let zone = company_time::zone(&mut tx).await?;
    let country = settings::get::<General>(&mut tx).await?.value.country;
    let call = form(typed).check(now, zone, &country)?;
    let may_unassign = user.permissions().management;
    let after = call::effect(&call, &lead.state(), &statuses::list(&mut tx).await?, may_unassign, now)?;

    let why = format!("Call logged: {}", call.says.status.title());
    lead_changes::change(&mut tx, lead, &after, Cause { actor: user.id, at: now, why: &why }).await?;
    let id = calls::add(&mut tx, lead.id, user.id, now - call.says.duration_seconds * 1000, &call.says).await?;
    last_calls::remember(&mut tx, user.id, id, lead, now, once(typed)).await?;
    let agreed = agree(&mut tx, user, lead, &Logged { id, call: &call, now }, zone).await?;
    let next = next_of(&mut tx, user, company_time::today(now, zone), asked, lead).await?;

    let moved = agreed || after.status != lead.status_id || after.owner != lead.owner_id;
    services.commit(tx, &heard_by(user, lead.owner_id, lead.converter_id, moved)).await?;
    let said = said(call.says.status, call.follow_up, lead, zone);
    Ok(LoggedCall { call: id, lead: lead.id, said, next, taken: false })
}

/// Writes down the call of somebody who held the lead when they opened its page, and nothing of the lead: what became of
/// it meanwhile stays.
async fn store_alone(
    services: &Services,
    mut tx: Tx,
    user: &User,
    lead: &Lead,
    typed: &TypedCall,
    asked: &Asked,
) -> Result<LoggedCall, Fault> {
    let now = services.clock.now();
    let zone = company_time::zone(&mut tx).await?;
    let says = form(typed).record()?;
    let id = calls::add(&mut tx, lead.id, user.id, now - says.duration_seconds * 1000, &says).await?;
    last_calls::remember_alone(&mut tx, user.id, id, lead, now, once(typed)).await?;
    let next = next_of(&mut tx, user, company_time::today(now, zone), asked, lead).await?;
    services.commit(tx, &heard_by(user, lead.owner_id, lead.converter_id, false)).await?;
    let said = format!(
        "{} The lead is {} by now: its status and next call were left as they are.",
        said(says.status, None, lead, zone),
        lead.owner.as_ref().map_or_else(|| "nobody's".to_owned(), |owner| format!("{owner}'s"))
    );
    Ok(LoggedCall { call: id, lead: lead.id, said, next, taken: true })
}

pub(super) fn form(typed: &TypedCall) -> CallForm<'_> {
    CallForm {
        status: &typed.status,
        direction: &typed.direction,
        duration: &typed.duration,
        note: &typed.note,
        follow_up: &typed.follow_up,
        lead_status: &typed.lead_status,
        seen_status: &typed.seen_status,
    }
}

/// A call that was written down.
struct Logged<'a> {
    id: i64,
    call: &'a NewCall,
    now: i64,
}

/// Resolves what was due today; a new date replaces whatever was agreed before. Gives whether anything did.
async fn agree(tx: &mut Tx, user: &User, lead: &Lead, logged: &Logged<'_>, zone: Tz) -> Result<bool, Fault> {
    let Logged { id, call, now } = *logged;
    let before = if call.follow_up.is_some() { i64::MAX } else { call::end_of_day(now, zone) };
    let resolved = follow_ups::resolve(tx, lead.id, before, now, id).await?;
    if let Some(due) = call.follow_up {
        follow_ups::add(tx, lead.id, user.id, due, now, Some(id)).await?;
    }
    Ok(resolved > 0 || call.follow_up.is_some())
}

/// What those hear whom the lead concerns, the caller, its owner and its converter: their days have changed, or the
/// lead's history; where the lead moved, on lists or in the order of the tasks, lists too.
pub(super) fn heard_by(user: &User, owner: Option<i64>, converter: Option<i64>, moved: bool) -> Vec<LiveEvent> {
    let concerned: BTreeSet<i64> = [Some(user.id), owner, converter].into_iter().flatten().collect();
    let mut events: Vec<_> = concerned.iter().map(|agent| LiveEvent::Calls { agent: *agent }).collect();
    if moved {
        events.push(LiveEvent::LeadsOf { agents: concerned.into_iter().collect() });
    }
    events
}

fn said(status: CallStatus, follow_up: Option<i64>, lead: &Lead, zone: Tz) -> String {
    let (title, name) = (status.title(), lead.name());
    match follow_up {
        Some(due) => format!("Logged: {title} for {name}, next call {}.", company::minute(due, zone)),
        None => format!("Logged: {title} for {name}."),
    }
}
