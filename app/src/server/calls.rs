//! Logging a call: who may, what it does to the lead, and who hears of it.

use std::collections::BTreeSet;

use calliyo_db::{
    Tx, calls, follow_ups, last_calls,
    lead_changes::{self, Cause, Lead},
    settings, statuses,
    tasks::{self, TaskFilter},
    users::User,
};
use calliyo_domain::{
    Together as _,
    call::{self, CallForm, CallStatus, NewCall},
    company,
    permission::Permissions,
    settings::{General, ShowCustomer},
    status, visibility,
};
use chrono_tz::Tz;

pub(super) use super::held::hold;
use super::{
    Services, company_time, forms,
    held::{self, HeldLead},
    made_under, session,
    tasks::meant,
};
use crate::{
    Fault, both,
    calls::{CallOptions, LEFT_AS_IT_IS, LoggedCall, Opened, Place, TypedCall},
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
    let seen = held::has_page(id).await;
    let page = if seen { page } else { place.without_lead().to_owned() };
    match &result {
        Ok(logged) => {
            let page = if from_tasks { tasks.go_on(logged.next) } else { page };
            let taken = logged.taken.then(|| ("taken", "1".to_owned()));
            let said: Vec<_> = [("logged", logged.call.to_string())].into_iter().chain(taken).collect();
            forms::done_saying(&page, &said, "");
        }
        Err(fault) => {
            let taken = if seen { "" } else { "1" };
            let typed = [("call_on", id.to_string()), ("call", forms::json(typed)), ("taken", taken.to_owned())];
            forms::refused(&page, &typed, fault, "#log-call");
        }
    }
    result
}

async fn try_log(id: i64, typed: &TypedCall, tasks: &Asked) -> Result<LoggedCall, Fault> {
    let services = Services::current()?;
    let user = require_lead_user(&services).await?;
    let mut held = held::hold_to_write_down(&services, &user, id, &typed.opened_at).await?;
    if let Some(call) = last_calls::sent(&mut held.tx, user.id, once(typed)).await? {
        return sent_again(&services, held, &user, typed, call, tasks).await;
    }
    if held.taken {
        return store_alone(&services, held, &user, typed, tasks).await;
    }
    store(&services, held.tx, &user, &held.lead, typed, tasks).await
}

/// What a form calls itself, in as much as is kept of it; PostgreSQL takes no NUL.
fn once(typed: &TypedCall) -> &str {
    let name = typed.once.as_str();
    if name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) { name } else { "" }
}

/// The answer that didn't come the first time.
async fn sent_again(
    services: &Services,
    held: HeldLead,
    user: &User,
    typed: &TypedCall,
    call: i64,
    asked: &Asked,
) -> Result<LoggedCall, Fault> {
    let HeldLead { mut tx, lead, taken } = held;
    let zone = company_time::zone(&mut tx).await?;
    let stored = calls::by_id(&mut tx, call).await?.ok_or(Fault::NotFound)?;
    let alone = last_calls::of(&mut tx, user.id).await?.is_some_and(|last| last.left_lead_alone());
    let today = company_time::today(services.clock.now(), zone);
    let next = next_of(&mut tx, user, today, asked, &lead).await?;
    let name = if taken { typed.lead_name.clone() } else { lead.name() };
    let said = said(stored.says.status, None, &name, zone);
    let said = if alone { format!("{said} {LEFT_AS_IT_IS}") } else { said };
    Ok(LoggedCall { call, lead: stored.lead_id, said, next, taken })
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
    let made = match CallStatus::from_key(typed.status.trim()).is_some_and(CallStatus::asks_for_a_date) {
        true => made_under::time("follow_up", &typed.follow_up, &typed.time_zone, zone),
        false => Ok(()),
    };
    let may_unassign = user.permissions().management;
    let effect = form(typed).effect(&lead.state(), &statuses::list(&mut tx).await?, may_unassign, now);
    let judged = (form(typed).check(now, zone, &country), effect).together();
    let ((), (call, after)) = both(made, judged.map_err(|invalid| invalid.in_order(&call::FIELDS).into()))?;

    let why = format!("Call logged: {}", call.says.status.title());
    lead_changes::change(&mut tx, lead, &after, Cause { actor: user.id, at: now, why: &why }).await?;
    let id = calls::add(&mut tx, lead.id, user.id, now - call.says.duration_seconds * 1000, &call.says).await?;
    last_calls::remember(&mut tx, user.id, id, lead, now, once(typed)).await?;
    let agreed = agree(&mut tx, user, lead, &Logged { id, call: &call, now }, zone).await?;
    let next = next_of(&mut tx, user, company_time::today(now, zone), asked, lead).await?;

    let moved = agreed || after.status != lead.status_id || after.owner != lead.owner_id;
    services.commit(tx, &heard_by(user, lead.owner_id, lead.converter_id, moved)).await?;
    let said = said(call.says.status, call.follow_up, &lead.name(), zone);
    Ok(LoggedCall { call: id, lead: lead.id, said, next, taken: false })
}

/// Writes down the call of somebody who may see the lead no more, and nothing of the lead.
async fn store_alone(
    services: &Services,
    held: HeldLead,
    user: &User,
    typed: &TypedCall,
    asked: &Asked,
) -> Result<LoggedCall, Fault> {
    let HeldLead { mut tx, lead, taken } = held;
    let now = services.clock.now();
    let zone = company_time::zone(&mut tx).await?;
    let says = form(typed).record()?;
    let call = calls::add(&mut tx, lead.id, user.id, now - says.duration_seconds * 1000, &says).await?;
    last_calls::remember_alone(&mut tx, user.id, call, &lead, now, once(typed)).await?;
    let next = next_of(&mut tx, user, company_time::today(now, zone), asked, &lead).await?;
    services.commit(tx, &heard_by(user, lead.owner_id, lead.converter_id, false)).await?;
    let said = format!("{} {LEFT_AS_IT_IS}", said(says.status, None, &typed.lead_name, zone));
    Ok(LoggedCall { call, lead: lead.id, said, next, taken })
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

/// The name as whoever called knows it; empty where that isn't known.
fn said(status: CallStatus, follow_up: Option<i64>, name: &str, zone: Tz) -> String {
    let title = status.title();
    let whom = if name.is_empty() { String::new() } else { format!(" for {name}") };
    match follow_up {
        Some(due) => format!("Logged: {title}{whom}, next call {}.", company::minute(due, zone)),
        None => format!("Logged: {title}{whom}."),
    }
}
