//! Imports of leads on the page: asked for, watched, looked back on. The work itself is a job.

use calliyo_db::{
    imports::{self, ImportFile},
    queue,
    runs::{self, HistoryFilter, Run},
    settings,
    users::User,
};
use calliyo_domain::{
    company, country,
    import::{BadRow, file_name},
    job::{Job, RunState, Trigger},
    permission::Permission,
    settings::General,
};
use chrono_tz::Tz;
use http::HeaderMap;

use super::{Services, jobs, session};
use crate::{
    Fault,
    leads::import::{ImportPage, ImportReport, PastImport, SHOWN},
    live::LiveEvent,
    settings::jobs::ActiveRun,
    ui::Moment,
};

/// Imports that the page lists.
const LATEST: i64 = 10;

/// Who brought these headers, if they may import.
///
/// # Errors
/// [`Fault::SignedOut`] or [`Fault::Forbidden`].
pub async fn importer(services: &Services, headers: &HeaderMap) -> Result<User, Fault> {
    session::require_by(services, headers, Permission::Management).await
}

/// Has a file taken in, after those that wait already; gives the run.
///
/// # Errors
/// [`Fault::Unavailable`].
pub async fn request(services: &Services, by: &User, name: &str, content: Vec<u8>) -> Result<i64, Fault> {
    let file = ImportFile { file: file_name(name), content, by: Some(by.id) };
    let mut tx = services.db.write().await?;
    let run = imports::request(&mut tx, &file, Trigger::RunNow, services.clock.now()).await?;
    queue::push(&mut tx, run).await?;
    services.commit(tx, &[LiveEvent::Runs]).await?;
    Ok(run)
}

/// The rows that a finished import did not take in.
///
/// # Errors
/// [`Fault::NotFound`] if `run` is no import, or is not done.
pub async fn bad_rows(services: &Services, run: i64) -> Result<Vec<BadRow>, Fault> {
    let rows = imports::report(&mut services.db.read().await?, run).await?.and_then(|(_, rows)| rows);
    read_rows(&rows.ok_or(Fault::NotFound)?)
}

pub(crate) async fn page() -> Result<ImportPage, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Management).await?;
    let mut tx = services.db.read().await?;
    let company = settings::get::<General>(&mut tx).await?.value;
    let zone = company::zone(&company);
    let filter = HistoryFilter { job: Some(Job::LeadImport), before: None, limit: LATEST };
    let runs = runs::list(&mut tx, &filter).await?;
    let mut names = imports::newest(&mut tx, LATEST).await?;
    let latest = runs.into_iter().map(|run| {
        let at = names.iter().position(|(of, _)| *of == run.id);
        let file = at.map(|at| names.swap_remove(at).1).unwrap_or_default();
        past(run, file, zone)
    });
    Ok(ImportPage {
        latest: latest.collect(),
        country: country::by_code(&company.country).map_or(company.country, |country| country.name.to_owned()),
    })
}

pub(crate) async fn report(run: i64) -> Result<ImportReport, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Management).await?;
    let mut tx = services.db.read().await?;
    let run = runs::by_id(&mut tx, run).await?.filter(|run| run.job == Job::LeadImport).ok_or(Fault::NotFound)?;
    let (file, bad) = imports::report(&mut tx, run.id).await?.ok_or(Fault::NotFound)?;
    let mut bad = bad.map_or(Ok(Vec::new()), |bad| read_rows(&bad))?;
    bad.truncate(SHOWN);
    for row in &mut bad {
        row.cells.clear();
    }
    let zone = jobs::zone(&mut tx).await?;
    Ok(ImportReport { active: active(&services, &run, zone), import: past(run, file, zone), bad })
}

fn active(services: &Services, run: &Run, zone: Tz) -> Option<ActiveRun> {
    matches!(run.state, RunState::Queued | RunState::Running).then(|| ActiveRun {
        run: run.id,
        since: Moment::of(run.requested_at, zone),
        by: Some(run.requested_by.clone().unwrap_or_else(|| "the command line".to_owned())),
        progress: services.hub.progress_of(run.id),
    })
}

fn past(run: Run, file: String, zone: Tz) -> PastImport {
    PastImport { run: run.id, file, at: Moment::of(run.requested_at, zone), by: run.requested_by, state: run.state }
}

fn read_rows(json: &str) -> Result<Vec<BadRow>, Fault> {
    Ok(serde_json::from_str(json).map_err(calliyo_db::Error::from)?)
}
