//! Many leads changed at once, by holders of `management`.

use std::collections::{BTreeSet, HashMap};

use calliyo_db::{
    Tx,
    agents::{self, AgentLoad},
    lead_changes::Cause,
    leads::{
        LeadFilter,
        changes::{self, Change, ChosenLead},
        set,
    },
    moves, statuses,
    users::User,
};
use calliyo_domain::{
    Invalid,
    counted::grouped,
    dealing::{self, Dealt, Receiver, deal},
    lead_set::{LeadSet, OtherLeads},
    permission::Permission,
    status::{CUSTOMER, Status},
};

use super::{Services, forms, leads, session};
use crate::{
    Fault, both,
    leads::{
        CHOOSE_AGENTS, CHOOSE_STATUS, Changed, Choices, Draft, FORM, Filter, Found, MOST_AT_ONCE, Meant, People, Place,
    },
    live::LiveEvent,
};

/// Why, as the leads' timelines say it.
fn why(changed: &[Change]) -> &'static str {
    if changed.len() == 1 { "Changed by hand" } else { "Changed by hand, with others" }
}

pub(crate) async fn assign(meant: &Meant, agents: &[i64], place: Place) -> Result<Changed, Fault> {
    let result = try_assign(meant, agents).await;
    let draft = Draft { agents: agents.to_vec(), ..Draft::of(meant, &result) };
    answer(meant, place, &draft, &result);
    result
}

pub(crate) async fn set_status(meant: &Meant, status: &str, place: Place) -> Result<Changed, Fault> {
    let result = try_set_status(meant, status).await;
    let draft = Draft { status: status.to_owned(), ..Draft::of(meant, &result) };
    answer(meant, place, &draft, &result);
    result
}

/// A plain form leads back to the page that it stands on, as it was filled unless something was done.
fn answer(meant: &Meant, place: Place, draft: &Draft, result: &Result<Changed, Fault>) {
    let filled = [("form", FORM.to_owned()), ("draft", forms::json(draft))];
    match result {
        Ok(changed) => {
            let mut said = vec![("changed", forms::json(changed))];
            if !changed.did_something() {
                said.extend(filled);
            }
            forms::done_saying(&place.after(changed).address(meant), &said, "");
        }
        Err(fault) => forms::refused(&place.address(meant), &filled, fault, "#bulk"),
    }
}

pub(crate) async fn count(filter: &Filter) -> Result<Found, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.read().await?;
    let seen = leads::seen_by(&mut tx, &user, filter, services.clock.now()).await?;
    let set = set(&mut tx, &seen, MOST_AT_ONCE as i64 + 1).await?;
    let found = leads::counted(set.count as i64, MOST_AT_ONCE as i64);
    Ok(Found { set: (!found.more).then_some(set), ..found })
}

/// What a lead that `user` sees may be changed to by them: nothing without `management`.
pub(super) async fn choices(tx: &mut Tx, user: &User) -> Result<Option<Choices>, Fault> {
    if !user.permissions().management {
        return Ok(None);
    }
    let receivers = agents::receiving(tx).await?.into_iter().map(leads::owner).collect();
    Ok(Some(Choices { statuses: statuses::list(tx).await?, receivers, ..Choices::default() }))
}

async fn try_assign(meant: &Meant, agents: &[i64]) -> Result<Changed, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.db.write().await?;
    let held = hold(&mut tx, &services, &user, meant).await;
    let (Held { leads, meanwhile }, (receivers, away)) = both(held, chosen_agents(&mut tx, agents).await)?;
    let statuses = statuses::list(&mut tx).await?;
    let chosen: Vec<_> = leads.iter().map(|lead| to_deal(lead, &statuses)).collect();
    let dealt = deal(&receivers.iter().map(receiver).collect::<Vec<_>>(), &chosen);
    let to: HashMap<i64, i64> = dealt.moves.iter().copied().collect();
    let changed: Vec<_> = leads.iter().filter_map(|lead| Some(given(lead, *to.get(&lead.id)?))).collect();
    write(&services, tx, &user, &changed).await?;
    Ok(Changed::Assigned {
        leads: changed.len() as u64,
        agents: to.values().collect::<BTreeSet<_>>().len() as u64,
        kept: dealt.kept.len() as u64,
        left: dealt.left.len() as u64,
        full: people(&receivers, |agent| is_held_up(agent, &dealt)),
        away: people(&away, |_| true),
        meanwhile,
    })
}

async fn try_set_status(meant: &Meant, status: &str) -> Result<Changed, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.db.write().await?;
    let held = hold(&mut tx, &services, &user, meant).await;
    let statuses = statuses::list(&mut tx).await?;
    let status = status.parse().ok().filter(|id| statuses.iter().any(|status| status.id == *id));
    let status = status.ok_or_else(|| Invalid::new("status", CHOOSE_STATUS));
    let (Held { leads, meanwhile }, status) = both(held, status.map_err(Fault::from))?;
    let now = services.clock.now();
    let others = leads.iter().filter(|lead| lead.state.status != status);
    let (customers, asked): (Vec<&ChosenLead>, Vec<_>) =
        others.partition(|lead| lead.state.status == CUSTOMER && meant.spares_customers());
    let able: Vec<_> = asked.iter().filter(|lead| lead.state.may_take(status)).collect();
    let changed: Vec<_> = able.iter().map(|lead| Change::new(lead.id, &lead.state.taking(status, now))).collect();
    write(&services, tx, &user, &changed).await?;
    Ok(Changed::Status {
        leads: changed.len() as u64,
        status,
        same: (leads.len() - customers.len() - asked.len()) as u64,
        ownerless: (asked.len() - able.len()) as u64,
        customers: customers.len() as u64,
        meanwhile,
    })
}

struct Held {
    leads: Vec<ChosenLead>,
    /// How many others were ticked as they no longer are.
    meanwhile: u64,
}

/// The leads that are meant, of those that the user may see; nobody else changes them or their owners' queues meanwhile.
async fn hold(tx: &mut Tx, services: &Services, user: &User, meant: &Meant) -> Result<Held, Fault> {
    let filter = if meant.all { meant.filter.clone() } else { Filter::default() };
    let seen = leads::seen_by(tx, user, &filter, services.clock.now()).await?;
    let ticked = (!meant.all).then(|| meant.ids.iter().map(|ticked| ticked.id).collect());
    // What asks for nothing but statuses that are gone means no lead, instead of all.
    let only = ticked.or_else(|| seen.only.clone());
    moves::lock_agents(tx).await?;
    let held = changes::hold(tx, &LeadFilter { only, ..seen }, MOST_AT_ONCE as i64 + 1).await?;
    let now = LeadSet::of(held.iter().map(|lead| lead.id));
    match (now.count, meant.set) {
        (number, _) if number > MOST_AT_ONCE => {
            let most = format!(
                "At most {} leads can be changed at once. Narrow the filter down. Nothing was changed.",
                grouped(MOST_AT_ONCE)
            );
            Err(Invalid::new("all", most).into())
        }
        (1.., shown) | (0, shown @ Some(_)) if meant.all && shown != Some(now) => {
            Err(Fault::OtherLeads(OtherLeads { now, shown }))
        }
        (0, _) => Err(Invalid::new("ids", "Choose the leads first. Nothing was changed.").into()),
        _ => Ok(as_ticked(held, meant)),
    }
}

/// Leaves out what was ticked at another version than it has now.
fn as_ticked(held: Vec<ChosenLead>, meant: &Meant) -> Held {
    let ticked = meant.ids.iter().filter(|_| !meant.all);
    let shown: HashMap<i64, i64> = ticked.filter_map(|ticked| Some((ticked.id, ticked.version?))).collect();
    let as_shown = |lead: &ChosenLead| shown.get(&lead.id).is_none_or(|version| *version == lead.version);
    let (leads, others): (Vec<_>, Vec<_>) = held.into_iter().partition(as_shown);
    Held { leads, meanwhile: others.len() as u64 }
}

/// The agents who were chosen: those who receive leads, and those who don't.
async fn chosen_agents(tx: &mut Tx, ids: &[i64]) -> Result<(Vec<AgentLoad>, Vec<AgentLoad>), Fault> {
    let chosen = agents::list(tx).await?.into_iter().filter(|agent| ids.contains(&agent.id));
    let (receivers, away): (Vec<_>, Vec<_>) = chosen.partition(|agent| agent.receives);
    if !receivers.is_empty() {
        return Ok((receivers, away));
    }
    let away = people(&away, |_| true).and("receives no leads now.", "receive no leads now.");
    let problem = away.map_or_else(|| CHOOSE_AGENTS.to_owned(), |away| format!("{away} {CHOOSE_AGENTS}"));
    Err(Invalid::new("agents", problem).into())
}

fn receiver(agent: &AgentLoad) -> Receiver {
    Receiver { id: agent.id, room: agent.cap - agent.load }
}

/// Whether the cap kept the agent from receiving any, or from receiving more: where leads are left, nobody has room.
fn is_held_up(agent: &AgentLoad, dealt: &Dealt) -> bool {
    if !dealt.left.is_empty() {
        return true;
    }
    let received = dealt.moves.iter().any(|(_, to)| *to == agent.id);
    !agent.has_room() && !received && !dealt.moves.is_empty()
}

fn people(agents: &[AgentLoad], among: impl Fn(&AgentLoad) -> bool) -> People {
    People::of(agents.iter().filter(|agent| among(agent)).map(|agent| agent.name.clone()).collect())
}

fn to_deal(lead: &ChosenLead, statuses: &[Status]) -> dealing::Chosen {
    // Whoever receives it.
    let becomes = lead.state.given_to(0).status;
    let on_queue = statuses.iter().any(|status| status.id == becomes && status.on_queue);
    dealing::Chosen { id: lead.id, owner: lead.state.owner, on_queue }
}

fn given(lead: &ChosenLead, agent: i64) -> Change {
    Change::new(lead.id, &lead.state.given_to(agent))
}

async fn write(services: &Services, mut tx: Tx, user: &User, changed: &[Change]) -> Result<(), Fault> {
    if changed.is_empty() {
        return Ok(());
    }
    let cause = Cause { actor: user.id, at: services.clock.now(), why: why(changed) };
    changes::change(&mut tx, changed, cause).await?;
    Ok(services.commit(tx, &[LiveEvent::Leads]).await?)
}
