//! A file that was brought: shown as it would be taken in, then taken in or discarded.

mod look;

use std::collections::HashMap;

use calliyo_db::{
    Tx,
    import::Incoming,
    import_drafts::{self, Draft},
    imports::{self, ImportFile},
    lead_changes, lead_fields, queue, settings, statuses,
    users::User,
};
use calliyo_domain::{
    Invalid, Together as _,
    import::{Column, MAX_SHOWN, Mapping, Reading, RowKind, is_encoding},
    job::Trigger,
    permission::Permission,
    quoted::shown,
    settings::General,
    status::Status,
};
use tokio::task::spawn_blocking;

use super::{
    Services,
    calls::may_see,
    forms,
    imports::UNSEEN,
    leads_csv::{Judge, Parsed},
    session,
};
use crate::{
    Fault,
    leads::import::{DraftChoice, DraftPage, IMPORT, Preview, PreviewRow, Problem, WHOLE_TAGS, draft_path, run_path},
    live::LiveEvent,
};

/// Rows that the page shows.
const SHOWN: usize = 10;

pub(crate) async fn read(id: i64, columns: &str, choice: &DraftChoice) -> Result<DraftPage, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.read().await?;
    let draft = import_drafts::by_id(&mut tx, id, user.id).await?.ok_or(Fault::NotFound)?;
    let country = settings::get::<General>(&mut tx).await?.value.country;
    let pipeline = statuses::list(&mut tx).await?;
    drop(tx);
    let reading = reading(choice)?;
    let judge = Judge::new(country, pipeline.clone(), reading.commas_in_tags);
    let chosen = if choice.is_outdated() { String::new() } else { columns.to_owned() };
    let (page, parsed) = aside(move || look::look(id, &draft, &reading, &chosen, &judge)).await?;
    let Some(mut parsed) = parsed else { return Ok(page) };
    let mut tx = services.read().await?;
    parsed.settle(&mut tx).await?;
    let preview = preview(&mut tx, &user, &parsed, &pipeline).await?;
    Ok(DraftPage { preview: Some(preview), ..page })
}

/// A file is read away from the async threads: that takes long.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "a file could not be looked at");
        Fault::Unavailable
    })
}

/// How a draft is to be read.
fn reading(choice: &DraftChoice) -> Result<Reading, Invalid> {
    let header_line = match choice.header.trim() {
        "" => Ok(None),
        line => line.parse().map(Some).map_err(|_| Invalid::new("header", "Choose a line of the file.")),
    };
    let encoding = Some(choice.encoding.trim().to_owned())
        .filter(|encoding| encoding.is_empty() || is_encoding(encoding))
        .ok_or_else(|| Invalid::new("encoding", "Choose how the file is written from the list."));
    let (encoding, header_line) = (encoding, header_line).together()?;
    Ok(Reading { header_line, encoding, commas_in_tags: choice.tags == WHOLE_TAGS, ..Reading::default() })
}

/// How many rows are what, judged as the import does, and the first of them.
async fn preview(tx: &mut Tx, user: &User, parsed: &Parsed, pipeline: &[Status]) -> Result<Preview, Fault> {
    let phones: Vec<_> = parsed.leads.iter().map(|incoming| incoming.lead.phone.as_str()).collect();
    let there = lead_fields::by_phones(tx, &phones).await?;
    let mut before: HashMap<&str, u64> = HashMap::new();
    let mut preview = Preview { bad: parsed.bad.len() as u64, ..Preview::default() };
    for (n, phone) in phones.iter().enumerate() {
        let line = parsed.places[n].line;
        let problem = match (there.get(*phone), before.get(phone)) {
            (Some(lead), _) => Some(Problem::Lead { lead: Some(*lead), name: String::new() }),
            (None, Some(line)) => Some(Problem::Line(*line)),
            (None, None) => None,
        };
        match problem {
            Some(Problem::Lead { .. }) => preview.there += 1,
            Some(_) => preview.repeated += 1,
            None => {
                before.insert(phone, line);
                preview.good += 1;
                preview.without_email += u64::from(parsed.places[n].remark.is_some());
            }
        }
        if n < SHOWN {
            let remark = parsed.places[n].remark.clone().filter(|_| problem.is_none());
            preview.rows.push(PreviewRow { line, cells: cells(parsed, n, pipeline), problem, remark });
        }
    }
    let bad = parsed.bad.iter().filter(|row| row.kind == RowKind::Row).take(SHOWN);
    preview.rows.extend(bad.map(|row| PreviewRow {
        line: row.line,
        cells: as_it_stands(&parsed.mapping, &row.cells),
        problem: Some(Problem::Bad(row.reason.clone())),
        remark: None,
    }));
    preview.rows.sort_by_key(|row| row.line);
    preview.rows.truncate(SHOWN);
    name_leads(tx, user, &mut preview.rows).await?;
    Ok(preview)
}

/// What would be stored: the status too.
fn cells(parsed: &Parsed, n: usize, pipeline: &[Status]) -> Vec<String> {
    let Incoming { lead, status, .. } = &parsed.leads[n];
    let status = pipeline.iter().find(|known| known.id == *status).map(|status| status.name.as_str());
    let tags = lead.tags.join(", ");
    let cells = [&lead.first_name, &lead.last_name, &lead.phone, &lead.email, status.unwrap_or_default(), &tags];
    cells.map(|cell| shown(cell, MAX_SHOWN)).into()
}

/// A row's cells in the order of [`Column::ALL`].
fn as_it_stands(mapping: &Mapping, cells: &[String]) -> Vec<String> {
    let cell = |column| mapping.place(column).and_then(|at| cells.get(at));
    Column::ALL.map(|column| cell(column).map(|cell| shown(cell, MAX_SHOWN)).unwrap_or_default()).into()
}

async fn name_leads(tx: &mut Tx, user: &User, rows: &mut [PreviewRow]) -> Result<(), Fault> {
    for row in rows {
        let Some(Problem::Lead { lead, name }) = &mut row.problem else { continue };
        let found = match lead {
            Some(id) => lead_changes::by_id(tx, *id).await?,
            None => None,
        };
        match found {
            Some(found) if may_see(tx, user, &found).await? => *name = found.name(),
            _ => (*lead, *name) = (None, UNSEEN.to_owned()),
        }
    }
    Ok(())
}

pub(crate) async fn start(id: i64, columns: Vec<String>, choice: DraftChoice, country: &str) -> Result<(), Fault> {
    let result = try_start(id, &columns, &choice, country).await;
    match &result {
        Ok(run) => leptos_axum::redirect(&run_path(*run)),
        Err(Fault::NotFound) => forms::refused(IMPORT, &[], &gone(), ""),
        Err(fault) => {
            let mut chosen: Vec<_> = columns.into_iter().map(|column| ("columns[]", column)).collect();
            chosen.extend(choice.pairs().map(|(name, value)| (name, value.to_owned())));
            forms::refused(&draft_path(id), &chosen, fault, "");
        }
    }
    result.map(drop)
}

/// Of two who press Import at once, the second finds the draft gone.
async fn try_start(id: i64, columns: &[String], choice: &DraftChoice, shown_for: &str) -> Result<i64, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.read().await?;
    let draft = import_drafts::by_id(&mut tx, id, user.id).await?.ok_or(Fault::NotFound)?;
    let country = settings::get::<General>(&mut tx).await?.value.country;
    drop(tx);
    let mapping = Mapping::chosen(columns.iter().map(String::as_str));
    // Under another line they are other columns.
    let columns = if choice.is_outdated() { Ok(()) } else { mapping.check() };
    let reading = match (reading(choice), columns) {
        (Err(problem), Err(columns)) => return Err(problem.and(columns).into()),
        (reading, _) => reading?,
    };
    if choice.is_outdated() {
        return Err(
            Invalid::new("header", "The columns are those of another line now. Look at them, then import.").into()
        );
    }
    // Where the file can't be read so, there is nothing to choose columns of.
    let (content, how, taken_as) = (draft.content, reading.clone(), mapping.clone());
    let countries = (shown_for.to_owned(), country.clone());
    aside(move || look::readable(&content, &how, &taken_as, (&countries.0, &countries.1))).await??;
    // Nothing changes it while the import waits.
    let reading = Reading { country, ..reading };
    let reading = serde_json::to_string(&reading).map_err(calliyo_db::Error::from)?;
    let mut tx = services.db.write().await?;
    let Draft { file, content } = import_drafts::take(&mut tx, id, user.id).await?.ok_or(Fault::NotFound)?;
    let file = ImportFile { file, content, columns: Some(mapping.text()), reading, by: Some(user.id) };
    let run = imports::request(&mut tx, &file, Trigger::RunNow, services.clock.now()).await?;
    queue::push(&mut tx, run).await?;
    services.commit(tx, &[LiveEvent::Runs]).await?;
    Ok(run)
}

pub(crate) async fn discard(id: i64) -> Result<(), Fault> {
    let result = try_discard(id).await;
    match &result {
        Ok(()) => leptos_axum::redirect(IMPORT),
        Err(Fault::NotFound) => forms::refused(IMPORT, &[], &gone(), ""),
        Err(fault) => forms::refused(&draft_path(id), &[], fault, ""),
    }
    result
}

async fn try_discard(id: i64) -> Result<(), Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.db.write().await?;
    import_drafts::take(&mut tx, id, user.id).await?.ok_or(Fault::NotFound)?;
    tx.commit().await?;
    Ok(())
}

fn gone() -> Fault {
    Invalid::new("", "That file is gone: it was imported or discarded already. Choose it again.").into()
}
