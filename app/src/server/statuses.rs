//! The pipeline: read, and edited one change at a time.

use std::collections::HashMap;

use calliyo_db::{
    Tx, funnel, moves, settings,
    statuses::{self, StatusCount},
    users::User,
};
use calliyo_domain::{
    permission::Permission,
    queue_switch,
    settings::{AutoAssignment, AutoRemoval, Section as _, ShowCustomer},
    status::{self, Status},
    visibility::{self, Customers},
};

use super::{Services, forms, session};
use crate::{
    Fault,
    live::LiveEvent,
    settings::{
        STATUS_TAB,
        status::{Change, Edit, Edited, Pipeline, StatusRow},
    },
};

pub(crate) async fn read() -> Result<Pipeline, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Settings).await?;
    Ok(pipeline(&mut services.read().await?, &user).await?)
}

/// The statuses with their leads; of the customers, those that the user may see.
async fn pipeline(tx: &mut Tx, user: &User) -> calliyo_db::Result<Pipeline> {
    let setting = settings::get::<ShowCustomer>(tx).await?.value;
    let visible = visibility::customers(&user.permissions(), setting, user.id);
    let counts = funnel::pipeline(tx, visible.unwrap_or(Customers::All)).await?;
    let seen = |count: &StatusCount| visible.is_some() || count.status_id != status::CUSTOMER;
    let leads: HashMap<i64, u64> =
        counts.into_iter().filter(seen).map(|count| (count.status_id, count.leads.unsigned_abs())).collect();
    let assignment = settings::get::<AutoAssignment>(tx).await?.value.statuses;
    let removal = settings::get::<AutoRemoval>(tx).await?.value.statuses;
    let selecting = [(AutoAssignment::KEY, assignment), (AutoRemoval::KEY, removal)];
    let (owned, all) = (statuses::owned(tx).await?, statuses::list(tx).await?);
    let row = |status: &Status| StatusRow {
        leads: leads.get(&status.id).copied(),
        selected_in: selecting.iter().filter(|(_, ids)| ids.contains(&status.id)).map(|(key, _)| *key).collect(),
        switch: queue_switch::switch(status, &all, &owned),
        id: status.id,
        name: status.name.clone(),
        on_queue: status.on_queue,
    };
    Ok(Pipeline { statuses: all.iter().map(row).collect() })
}

/// Edits the pipeline; `password` confirms what changes every agent's queue.
pub(crate) async fn edit(edit: Edit, password: Option<String>) -> Result<Edited, Fault> {
    let result = try_edit(&edit, password.unwrap_or_default()).await;
    let here = match edit {
        Edit::Add { .. } => "#add-status".to_owned(),
        Edit::Rename { id, .. } | Edit::Queue { id, .. } | Edit::Move { id, .. } | Edit::Delete { id, .. } => {
            format!("#status-{id}")
        }
    };
    match &result {
        Ok(edited) => forms::done_saying(STATUS_TAB, &[("done", forms::json(&edited.change))], &here),
        Err(fault) => forms::refused(STATUS_TAB, &[("draft", forms::json(&edit))], fault, &here),
    }
    result
}

async fn try_edit(edit: &Edit, password: String) -> Result<Edited, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Settings).await?;
    if matches!(edit, Edit::Queue { .. }) {
        session::confirm_password(&services, &user, password).await?;
    }
    let mut tx = services.db.write().await?;
    if matches!(edit, Edit::Queue { .. } | Edit::Delete { .. }) {
        // Loads change: a run at work ends first, so that it keeps the caps it planned with.
        moves::lock_agents(&mut tx).await?;
    }
    statuses::lock(&mut tx).await?;
    let known = statuses::list(&mut tx).await?;
    let change = match edit {
        Edit::Add { name, on_queue } => add(&mut tx, name, *on_queue, &known).await?,
        Edit::Rename { id, name } => rename(&mut tx, *id, name, &known).await?,
        Edit::Queue { id, on_queue } => queue(&mut tx, *id, *on_queue, &known).await?,
        Edit::Move { id, up } => shift(&mut tx, *id, *up, &known).await?,
        Edit::Delete { id, to } => delete(&mut tx, *id, to, &known, &user, services.clock.now()).await?,
    };
    let pipeline = pipeline(&mut tx, &user).await?;
    if let Some(change) = &change {
        services.commit(tx, &events(change)).await?;
    }
    Ok(Edited { pipeline, change })
}

/// What open pages must know of.
fn events(change: &Change) -> Vec<LiveEvent> {
    let mut events = vec![LiveEvent::Statuses];
    if let Change::Deleted { leads, sections, .. } = change {
        events.extend((*leads > 0).then_some(LiveEvent::Leads));
        events.extend(sections.iter().map(|section| LiveEvent::Settings { section: *section }));
    }
    events
}

async fn add(tx: &mut Tx, name: &str, on_queue: bool, known: &[Status]) -> Result<Option<Change>, Fault> {
    let name = status::new_name(name, known)?;
    statuses::add(tx, &name, on_queue).await.map_err(|error| taken(error, &name))?;
    Ok(Some(Change::Added { name }))
}

async fn rename(tx: &mut Tx, id: i64, name: &str, known: &[Status]) -> Result<Option<Change>, Fault> {
    let to = status::rename(id, name, known)?;
    let from = status::find(id, known)?.name.clone();
    if from == to {
        return Ok(None);
    }
    statuses::rename(tx, id, &to).await.map_err(|error| taken(error, &to))?;
    Ok(Some(Change::Renamed { from, to }))
}

/// The database has the last word on which names are the same.
fn taken(error: calliyo_db::Error, name: &str) -> Fault {
    if error.is_duplicate() { status::name_taken(name).into() } else { error.into() }
}

async fn queue(tx: &mut Tx, id: i64, on_queue: bool, known: &[Status]) -> Result<Option<Change>, Fault> {
    status::set_on_queue(id, on_queue, known)?;
    let status = status::find(id, known)?;
    if status.on_queue == on_queue {
        return Ok(None);
    }
    statuses::set_on_queue(tx, id, on_queue).await?;
    Ok(Some(Change::Queued { name: status.name.clone(), on_queue }))
}

async fn shift(tx: &mut Tx, id: i64, up: bool, known: &[Status]) -> Result<Option<Change>, Fault> {
    let Some(ids) = status::moved(id, up, known)? else { return Ok(None) };
    statuses::reorder(tx, &ids).await?;
    let place = ids.iter().take_while(|other| **other != id).count() + 1;
    Ok(Some(Change::Moved { name: status::find(id, known)?.name.clone(), place, of: ids.len() }))
}

async fn delete(
    tx: &mut Tx,
    id: i64,
    to: &str,
    known: &[Status],
    user: &User,
    now: i64,
) -> Result<Option<Change>, Fault> {
    // Asked before its leads are held, which somebody else may be at.
    let status = status::deletable(id, known)?;
    let leads = statuses::hold_leads(tx, id).await?;
    let home = status::new_home(id, to, leads, known)?;
    let deleted = statuses::delete(tx, status, home.as_ref().map(|home| home.id), user.id, now).await?;
    let (name, home) = (status.name.clone(), home.map(|home| home.name));
    Ok(Some(Change::Deleted { name, leads: deleted.moved, home, sections: deleted.sections }))
}
