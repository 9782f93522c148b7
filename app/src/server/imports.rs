//! Imports of leads on the page: asked for, watched, looked back on. The work itself is a job.

use calliyo_db::{
    Tx,
    import_drafts::{self, Draft},
    import_rows, imports,
    runs::{self, HistoryFilter, Run},
    settings,
    users::User,
};
use calliyo_domain::{
    company, country,
    import::{BadRow, Column, MAX_SHOWN, Mapping, RowKind, file_name},
    job::{Job, RunState},
    permission::Permission,
    quoted::shown,
    settings::{General, ShowCustomer},
    visibility,
};
use chrono_tz::Tz;
use http::HeaderMap;

use super::{Services, company_time, jobs, session};
use crate::{
    Fault,
    leads::import::{DraftRow, DuplicateRow, ImportPage, ImportReport, PastImport, SHOWN},
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

/// Keeps a file for its bringer to look at; gives the draft.
///
/// # Errors
/// [`Fault::Unavailable`].
pub async fn keep(services: &Services, by: &User, name: &str, content: Vec<u8>) -> Result<i64, Fault> {
    let draft = Draft { file: file_name(name), content };
    let mut tx = services.db.write().await?;
    let id = import_drafts::add(&mut tx, by.id, &draft, services.clock.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// The rows that a finished import did not take in, or not wholly, under the file's own names for its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub columns: Vec<String>,
    pub rows: Vec<BadRow>,
}

/// The rows that a finished import did not take in: those that are bad, and those whose phone a lead has; and those that
/// were taken in without a part of them.
///
/// # Errors
/// [`Fault::NotFound`] if `run` is no import, or is not done.
pub async fn left_out(services: &Services, viewer: &User, run: i64) -> Result<LeftOut, Fault> {
    let mut tx = services.read().await?;
    let setting = settings::get::<ShowCustomer>(&mut tx).await?.value;
    let run = by_id(&mut tx, run).await?;
    if !matches!(run.state, RunState::Done { .. }) {
        return Err(Fault::NotFound);
    }
    let names = imports::columns(&mut tx, run.id).await?.names()?;
    let rows = import_rows::all(&mut tx, run.id).await?;
    let rows = rows.into_iter().map(|row| {
        let name = if sees(viewer, setting, &row) { row.lead_name() } else { UNSEEN.to_owned() };
        let reason = row.reason.clone().unwrap_or_else(|| format!("{name} has this phone already."));
        Ok(BadRow { line: row.line.unsigned_abs(), reason, cells: row.cells()?, kind: RowKind::Row })
    });
    let columns = names.unwrap_or_else(|| Column::ALL.map(|column| column.name().to_owned()).into());
    Ok(LeftOut { columns, rows: rows.collect::<Result<_, Fault>>()? })
}

async fn by_id(tx: &mut Tx, run: i64) -> Result<Run, Fault> {
    runs::by_id(tx, run).await?.filter(|run| run.job == Job::LeadImport).ok_or(Fault::NotFound)
}

pub(crate) async fn page() -> Result<ImportPage, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.read().await?;
    let drafts = import_drafts::of_user(&mut tx, user.id, import_drafts::MOST).await?;
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
    let draft = |draft: import_drafts::Waiting| DraftRow {
        id: draft.id,
        file: draft.file,
        at: Moment::of(draft.created_at, zone),
    };
    Ok(ImportPage {
        drafts: drafts.into_iter().map(draft).collect(),
        latest: latest.collect(),
        country: country::by_code(&company.country).map_or(company.country, |country| country.name.to_owned()),
    })
}

pub(crate) async fn report(run: i64) -> Result<ImportReport, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.read().await?;
    let setting = settings::get::<ShowCustomer>(&mut tx).await?.value;
    let run = by_id(&mut tx, run).await?;
    let file = imports::file(&mut tx, run.id).await?.ok_or(Fault::NotFound)?;
    let bad = without_cells(import_rows::bad(&mut tx, run.id, SHOWN).await?);
    let remarks = without_cells(import_rows::remarks(&mut tx, run.id, SHOWN).await?);
    let duplicates = import_rows::duplicates(&mut tx, run.id, SHOWN).await?;
    let columns = imports::columns(&mut tx, run.id).await?;
    let places = places(&columns);
    let row = |row: import_rows::Row| duplicate(sees(&user, setting, &row), &places, row);
    let duplicates = duplicates.into_iter().map(row).collect::<Result<_, _>>()?;
    let zone = company_time::zone(&mut tx).await?;
    let under_way = matches!(run.state, RunState::Queued | RunState::Running);
    Ok(ImportReport {
        active: under_way.then(|| jobs::active(&services, run.clone(), zone)),
        import: past(run, file, zone),
        bad,
        remarks,
        duplicates,
    })
}

/// Line and reason alone: a page shows no more, however long a cell is.
fn without_cells(rows: Vec<BadRow>) -> Vec<BadRow> {
    rows.into_iter().map(|row| BadRow { cells: Vec::new(), ..row }).collect()
}

/// Where first name, last name and phone stand in the rows of a finished import.
fn places(columns: &imports::Columns) -> [Option<usize>; 3] {
    match (&columns.names, &columns.taken_as) {
        (Some(_), Some(taken_as)) => {
            let mapping = Mapping::read(taken_as);
            [Column::FirstName, Column::LastName, Column::Phone].map(|column| mapping.place(column))
        }
        // Rows of before hold what an import knows.
        _ => [Some(0), Some(1), Some(2)],
    }
}

/// What a customer is called that the viewer may not see.
pub(super) const UNSEEN: &str = "A customer of another agent";

/// Whether `viewer` may see the lead that has the row's phone.
fn sees(viewer: &User, setting: ShowCustomer, row: &import_rows::Row) -> bool {
    let may = |state| visibility::lead(&viewer.permissions(), setting, viewer.id, &state);
    row.lead_state().is_some_and(may)
}

fn duplicate(seen: bool, places: &[Option<usize>; 3], row: import_rows::Row) -> calliyo_db::Result<DuplicateRow> {
    let cells = row.cells()?;
    let cell =
        |at: Option<usize>| at.and_then(|at| cells.get(at)).map(|cell| shown(cell, MAX_SHOWN)).unwrap_or_default();
    let [first_name, last_name, phone] = places.map(cell);
    Ok(DuplicateRow {
        line: row.line,
        name: format!("{first_name} {last_name}").trim().to_owned(),
        phone,
        lead: row.lead.filter(|_| seen),
        lead_name: if seen { row.lead_name() } else { UNSEEN.to_owned() },
        status_id: row.status_id.unwrap_or_default(),
        on_queue: row.on_queue.unwrap_or_default(),
        status: row.status.unwrap_or_default(),
        owner: row.owner.filter(|_| seen),
    })
}

fn past(run: Run, file: String, zone: Tz) -> PastImport {
    PastImport { run: run.id, file, at: Moment::of(run.requested_at, zone), by: run.requested_by, state: run.state }
}
