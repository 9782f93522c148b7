//! Many leads changed at once, by holders of `management`.

use std::collections::{BTreeSet, HashMap};

use calliyo_db::{
    Tx,
    lead_changes::Cause,
    leads::{
        LeadFilter,
        changes::{self, Change, ChosenLead},
    },
    moves, statuses,
    users::User,
};
use calliyo_domain::{
    Invalid,
    dealing::{self, Receiver, deal},
    permission::Permission,
    status::Status,
};

use super::{Services, forms, leads, session};
use crate::{
    Fault,
    leads::{Changed, Filter},
    live::LiveEvent,
};

/// How many leads may be changed at once: on either database that takes seconds.
const MOST: usize = 50_000;

/// Why, as the leads' timelines say it.
const WHY: &str = "Changed by hand, with others";

pub(crate) async fn assign(filter: &Filter, all: bool, ids: Vec<i64>, agents: &[i64]) -> Result<Changed, Fault> {
    answer(filter, try_assign(filter, all, ids, agents).await)
}

pub(crate) async fn set_status(filter: &Filter, all: bool, ids: Vec<i64>, status: &str) -> Result<Changed, Fault> {
    answer(filter, try_set_status(filter, all, ids, status).await)
}

/// A plain form leads back to the list.
fn answer(filter: &Filter, result: Result<Changed, Fault>) -> Result<Changed, Fault> {
    match &result {
        Ok(changed) => forms::done_saying(&filter.address(), &[("changed", forms::json(changed))], ""),
        Err(fault) => forms::refused(&filter.address(), &[("form", "bulk".to_owned())], fault, "#bulk"),
    }
    result
}

async fn try_assign(filter: &Filter, all: bool, ids: Vec<i64>, agents: &[i64]) -> Result<Changed, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.db.write().await?;
    let leads = hold(&mut tx, &services, &user, filter, all, ids).await?;
    let receivers = receivers(&mut tx, agents).await?;
    let statuses = statuses::list(&mut tx).await?;
    let chosen: Vec<_> = leads.iter().map(|lead| to_deal(lead, &statuses)).collect();
    let dealt = deal(&receivers, &chosen);
    let to: HashMap<i64, i64> = dealt.moves.iter().copied().collect();
    let changed: Vec<_> = leads.iter().filter_map(|lead| Some(given(lead, *to.get(&lead.id)?))).collect();
    write(&services, tx, &user, &changed).await?;
    Ok(Changed::Assigned {
        leads: changed.len() as u64,
        agents: to.values().collect::<BTreeSet<_>>().len() as u64,
        kept: dealt.kept.len() as u64,
        left: dealt.left.len() as u64,
    })
}

async fn try_set_status(filter: &Filter, all: bool, ids: Vec<i64>, status: &str) -> Result<Changed, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.db.write().await?;
    let leads = hold(&mut tx, &services, &user, filter, all, ids).await?;
    let statuses = statuses::list(&mut tx).await?;
    let status = status.parse().ok().filter(|id| statuses.iter().any(|status| status.id == *id));
    let status = status.ok_or_else(|| Invalid::new("status", "Choose a status from the list."))?;
    let now = services.clock.now();
    let others: Vec<_> = leads.iter().filter(|lead| lead.status_id != status).collect();
    let able: Vec<_> = others.iter().filter(|lead| lead.state().may_take(status)).collect();
    let changed: Vec<_> = able.iter().map(|lead| Change::new(lead.id, &lead.state().taking(status, now))).collect();
    write(&services, tx, &user, &changed).await?;
    Ok(Changed::Status {
        leads: changed.len() as u64,
        status,
        same: (leads.len() - others.len()) as u64,
        ownerless: (others.len() - able.len()) as u64,
    })
}

/// The leads that are meant, of those that the user may see; nobody else changes them or their owners' queues meanwhile.
async fn hold(
    tx: &mut Tx,
    services: &Services,
    user: &User,
    filter: &Filter,
    all: bool,
    ids: Vec<i64>,
) -> Result<Vec<ChosenLead>, Fault> {
    let meant = if all { filter.clone() } else { Filter::default() };
    let seen = leads::seen_by(tx, user, &meant, services.clock.now()).await?;
    let only = (!all).then_some(ids);
    moves::lock_agents(tx).await?;
    let held = changes::hold(tx, &LeadFilter { only, ..seen }, MOST as i64 + 1).await?;
    match held.len() {
        0 => Err(Invalid::new("ids", "Choose the leads first.").into()),
        1..=MOST => Ok(held),
        _ => Err(Invalid::new("all", "At most 50,000 leads can be changed at once. Narrow the filter down.").into()),
    }
}

/// The agents who were chosen, with their room.
async fn receivers(tx: &mut Tx, agents: &[i64]) -> Result<Vec<Receiver>, Fault> {
    let all = moves::receivers(tx).await?;
    let receivers: Vec<_> = all
        .iter()
        .filter(|agent| agents.contains(&agent.id))
        .map(|agent| Receiver { id: agent.id, room: i64::from(agent.cap) - i64::from(agent.load) })
        .collect();
    if receivers.is_empty() {
        return Err(Invalid::new("agents", "Choose one agent or several who receive leads.").into());
    }
    Ok(receivers)
}

fn to_deal(lead: &ChosenLead, statuses: &[Status]) -> dealing::Chosen {
    // Whoever receives it.
    let becomes = lead.state().given_to(0).status;
    let on_queue = statuses.iter().any(|status| status.id == becomes && status.on_queue);
    dealing::Chosen { id: lead.id, owner: lead.owner_id, on_queue }
}

fn given(lead: &ChosenLead, agent: i64) -> Change {
    Change::new(lead.id, &lead.state().given_to(agent))
}

async fn write(services: &Services, mut tx: Tx, user: &User, changed: &[Change]) -> Result<(), Fault> {
    if changed.is_empty() {
        return Ok(());
    }
    let cause = Cause { actor: user.id, at: services.clock.now(), why: WHY };
    changes::change(&mut tx, changed, cause).await?;
    Ok(services.commit(tx, &[LiveEvent::Leads]).await?)
}
