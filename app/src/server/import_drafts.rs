//! A file that was brought: shown as it would be taken in, then taken in or discarded.

use std::collections::HashMap;

use calliyo_db::{
    Tx,
    import_drafts::{self, Draft},
    imports::{self, ImportFile},
    lead_changes, lead_fields, queue, settings, statuses,
    users::User,
};
use calliyo_domain::{
    Invalid, import::Mapping, job::Trigger, permission::Permission, settings::General, status::Status,
};
use tokio::task::spawn_blocking;

use super::{
    Services,
    calls::may_see,
    forms,
    imports::UNSEEN,
    leads_csv::{self, Parsed, Table},
    session,
};
use crate::{
    Fault,
    leads::import::{DraftColumn, DraftPage, IMPORT, Preview, PreviewRow, Problem, draft_path, run_path},
    live::LiveEvent,
};

/// Rows that the page shows.
const SHOWN: usize = 10;

pub(crate) async fn read(id: i64, columns: &str) -> Result<DraftPage, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.db.read().await?;
    let draft = import_drafts::by_id(&mut tx, id, user.id).await?.ok_or(Fault::NotFound)?;
    let country = settings::get::<General>(&mut tx).await?.value.country;
    let pipeline = statuses::list(&mut tx).await?;
    drop(tx);
    let (file, chosen, names) = (draft.file.clone(), columns.to_owned(), pipeline.clone());
    let (page, parsed) =
        spawn_blocking(move || look(id, draft, &chosen, &country, &pipeline)).await.map_err(|error| {
            tracing::error!(%error, file, "a file could not be looked at");
            Fault::Unavailable
        })??;
    let Some(mut parsed) = parsed else { return Ok(page) };
    let mut tx = services.db.read().await?;
    parsed.settle(&mut tx).await?;
    let preview = preview(&mut tx, &user, &parsed, &names).await?;
    Ok(DraftPage { preview: Some(preview), ..page })
}

/// What the columns are taken as, and what the file holds then; nothing where that can't be said yet.
fn look(
    id: i64,
    draft: Draft,
    chosen: &str,
    country: &str,
    pipeline: &[Status],
) -> Result<(DraftPage, Option<Parsed>), Fault> {
    let Draft { file, content } = draft;
    let unread = |error| Fault::Invalid(leads_csv::FileError::into(error));
    let mut table = Table::open(&content).map_err(unread)?;
    let names = table.names.clone();
    let mapping = if chosen.is_empty() { Mapping::guess(&names) } else { Mapping::read(chosen) };
    let first = table.rows().next().map(|(_, row)| row).unwrap_or_default();
    let column = |(at, name): (usize, &str)| DraftColumn {
        name: name.trim().to_owned(),
        sample: first.get(at).unwrap_or_default().chars().take(60).collect(),
        taken_as: mapping.at(at),
    };
    let columns = names.iter().enumerate().map(column).collect();
    let problem = mapping.check().err();
    let parsed = match problem {
        Some(_) => None,
        None => Some(leads_csv::parse(&content, Some(&mapping), country, pipeline).map_err(unread)?),
    };
    Ok((DraftPage { id, file, columns, problem, preview: None }, parsed))
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
            }
        }
        if n < SHOWN {
            preview.rows.push(PreviewRow { line, cells: cells(parsed, n, pipeline), problem });
        }
    }
    preview.rows.extend(parsed.bad.iter().take(SHOWN).map(|row| PreviewRow {
        line: row.line,
        cells: row.cells.clone(),
        problem: Some(Problem::Bad(row.reason.clone())),
    }));
    preview.rows.sort_by_key(|row| row.line);
    preview.rows.truncate(SHOWN);
    name_leads(tx, user, &mut preview.rows).await?;
    Ok(preview)
}

/// What would be stored: the status too.
fn cells(parsed: &Parsed, n: usize, pipeline: &[Status]) -> Vec<String> {
    let mut cells = parsed.cells(n);
    let status = pipeline.iter().find(|status| status.id == parsed.leads[n].status);
    cells[4] = status.map(|status| status.name.clone()).unwrap_or_default();
    cells[5] = parsed.leads[n].lead.tags.join(", ");
    cells
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

pub(crate) async fn start(id: i64, columns: Vec<String>) -> Result<(), Fault> {
    let mapping = Mapping::chosen(columns.iter().map(String::as_str));
    let result = try_start(id, &mapping).await;
    match &result {
        Ok(run) => leptos_axum::redirect(&run_path(*run)),
        Err(Fault::NotFound) => forms::refused(IMPORT, &[], &gone(), ""),
        Err(fault) => {
            let chosen: Vec<_> = columns.into_iter().map(|column| ("columns[]", column)).collect();
            forms::refused(&draft_path(id), &chosen, fault, "");
        }
    }
    result.map(drop)
}

/// Of two who press Import at once, the second finds the draft gone.
async fn try_start(id: i64, mapping: &Mapping) -> Result<i64, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    mapping.check()?;
    let mut tx = services.db.write().await?;
    let Draft { file, content } = import_drafts::take(&mut tx, id, user.id).await?.ok_or(Fault::NotFound)?;
    let file = ImportFile { file, content, columns: Some(mapping.text()), by: Some(user.id) };
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
