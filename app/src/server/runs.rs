//! The history of runs, for whoever sees to the settings.

use std::collections::BTreeMap;

use calliyo_db::{
    Tx, imports,
    runs::{self, HistoryFilter, MovedLead, Run},
    settings,
    users::User,
};
use calliyo_domain::{
    job::{Job, RunState},
    permission::Permission,
    settings::{ShowCustomer, as_of},
    status, visibility,
};
use chrono_tz::Tz;

use super::{
    Services, company_time,
    imports::UNSEEN,
    jobs::{active, named},
    part::{PAGE, cut_page},
    schedule::{self, Times},
    session,
};
use crate::{
    Fault,
    settings::runs::{History, MovedPage, MovedRow, Place, RunDetail, RunRow},
    ui::Moment,
};

pub(crate) async fn list(job: &str, before: &str) -> Result<History, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Settings).await?;
    let mut tx = services.read().await?;
    let zone = company_time::zone(&mut tx).await?;
    let filter = HistoryFilter { job: Job::from_key(job), before: before.parse().ok(), limit: PAGE + 1 };
    let mut found = runs::list(&mut tx, &filter).await?;
    let next = cut_page(&mut found, |run| run.id);
    Ok(History { rows: rows(&mut tx, found, zone).await?, next, time_zone: zone.name().to_owned() })
}

pub(crate) async fn read(id: &str, after: &str) -> Result<RunDetail, Fault> {
    let services = Services::current()?;
    let viewer = session::require(&services, Permission::Settings).await?;
    let id = id.parse().map_err(|_| Fault::NotFound)?;
    let mut tx = services.read().await?;
    let zone = company_time::zone(&mut tx).await?;
    let run = runs::by_id(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let under_way = matches!(run.state, RunState::Queued | RunState::Running);
    Ok(RunDetail {
        active: under_way.then(|| active(&services, run.clone(), zone)),
        shares: named(runs::shares(&mut tx, id).await?),
        moved: moved(&mut tx, &viewer, &run, after).await?,
        file: imports::file(&mut tx, id).await?,
        run: rows(&mut tx, vec![run], zone).await?.pop().ok_or(Fault::NotFound)?,
        time_zone: zone.name().to_owned(),
    })
}

pub(super) async fn rows(tx: &mut Tx, found: Vec<Run>, zone: Tz) -> calliyo_db::Result<Vec<RunRow>> {
    let mut times = BTreeMap::new();
    for run in &found {
        if run.state == RunState::Missed && !times.contains_key(&run.job) {
            times.insert(run.job, schedule::times(tx, run.job).await?);
        }
    }
    Ok(found.into_iter().map(|run| row(run, &times, zone)).collect())
}

fn row(run: Run, times: &BTreeMap<Job, Times>, zone: Tz) -> RunRow {
    // A date is noted as missed by the settings of that moment.
    let due_at = times.get(&run.job).and_then(|times| as_of(times, run.requested_at).copied().flatten());
    RunRow {
        id: run.id,
        job: run.job,
        trigger: run.trigger,
        began: Moment::of(run.began(), zone),
        took: run.started_at.zip(run.finished_at).map(|(from, to)| to - from),
        due_at,
        by: run.requested_by,
        date: run.local_date,
        state: run.state,
        settings_version: run.settings_version,
    }
}

/// The leads that a job moved. An import moves none: it makes them.
async fn moved(tx: &mut Tx, viewer: &User, run: &Run, after: &str) -> calliyo_db::Result<MovedPage> {
    if run.job == Job::LeadImport {
        return Ok(MovedPage::default());
    }
    let after = after.parse().unwrap_or(0);
    let mut found = runs::moved_leads(tx, run.id, after, PAGE + 1).await?;
    let next = cut_page(&mut found, |lead| lead.event);
    let setting = settings::get::<ShowCustomer>(tx).await?.value;
    let may = |lead: &MovedLead| visibility::lead(&viewer.permissions(), setting, viewer.id, &lead.state);
    Ok(MovedPage { rows: found.into_iter().map(|lead| moved_row(may(&lead), lead)).collect(), next })
}

/// Of a lead that the viewer may not see now, neither the name is said nor whose it was.
fn moved_row(seen: bool, lead: MovedLead) -> MovedRow {
    let name = match lead.state.status {
        _ if seen => lead.name(),
        status::CUSTOMER => UNSEEN.to_owned(),
        _ => "A lead you may not see".to_owned(),
    };
    let owner = |name: String| if seen { name } else { "An agent".to_owned() };
    MovedRow {
        event: lead.event,
        lead: seen.then_some(lead.lead),
        name,
        from: Place { status: lead.from_status, owner: lead.from_owner.map(owner) },
        to: Place { status: lead.to_status, owner: lead.to_owner.map(owner) },
    }
}
