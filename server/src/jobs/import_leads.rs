use std::collections::BTreeSet;

use calliyo_app::{
    live::LiveEvent,
    server::{
        Services,
        leads_csv::{Judge, Parsed, parse},
    },
};
use calliyo_db::{
    Tx,
    import::{self, Origin},
    import_rows::{self, NewRow},
    imports::{self, Columns},
    lead_fields,
    runs::{self, Claim},
    settings, statuses,
};
use calliyo_domain::{
    import::{Mapping, Reading, RowKind},
    job::{Imported, Outcome, Phase},
    settings::General,
};
use tokio::task::spawn_blocking;

use super::{failure::Failure, progress::Reporter};

/// An import: the whole file in one transaction, the rows that can't be taken in and those whose phone a lead has kept beside it.
pub async fn run(services: &Services, claim: Claim, reporter: &Reporter) -> Result<(), Failure> {
    reporter.say(Phase::Reading, 0, 0);
    // Nothing is locked while the file is read: that takes longer than writing.
    let mut tx = services.db.read().await?;
    let file =
        imports::waiting(&mut tx, claim.run).await?.ok_or_else(|| Failure::Input("its file is gone".to_owned()))?;
    let country = settings::get::<General>(&mut tx).await?.value.country;
    let statuses = statuses::list(&mut tx).await?;
    drop(tx);
    let reading = reading(&file.reading)?;
    let country = if reading.country.is_empty() { country } else { reading.country.clone() };
    let judge = Judge::new(country, statuses, reading.commas_in_tags);
    let (content, mapping) = (file.content, file.columns.as_deref().map(Mapping::read));
    let mut parsed = spawn_blocking(move || parse(&content, &reading, mapping.as_ref(), &judge))
        .await
        .map_err(|error| Failure::Panic(error.to_string()))?
        .map_err(|error| Failure::Input(error.to_string()))?;
    let now = services.clock.now();
    let mut tx = services.db.write().await?;
    parsed.settle(&mut tx).await?;
    let total = parsed.leads.len() as u64;
    reporter.say(Phase::Adding, 0, total);
    let told = |done| reporter.say(Phase::Adding, done, total);
    let origin = Origin { source: &file.file, run: Some(claim.run) };
    let added = import::add(&mut tx, &parsed.leads, origin, file.by, now, told).await?;
    let left_out = left_out(&mut tx, &parsed, &added).await?;
    import_rows::add(&mut tx, claim.run, &left_out).await?;
    let names = Some(serde_json::to_string(&parsed.names).map_err(calliyo_db::Error::from)?);
    imports::finish(&mut tx, claim.run, &Columns { names, taken_as: Some(parsed.mapping.text()) }).await?;
    let imported = added.len() as u64;
    let without_email = added.iter().filter(|lead| parsed.places[**lead].remark.is_some()).count() as u64;
    let outcome = Imported { imported, duplicates: total - imported, bad: parsed.bad.len() as u64, without_email };
    let outcome = Outcome::Imported(outcome);
    if !runs::finish(&mut tx, claim.run, claim.fence, &outcome, None, services.clock.now()).await? {
        return Err(Failure::TakenOver);
    }
    services.commit(tx, &[LiveEvent::Runs, LiveEvent::Leads]).await?;
    Ok(())
}

/// How the file is read, as it was asked for.
fn reading(text: &str) -> Result<Reading, Failure> {
    if text.is_empty() {
        return Ok(Reading::default());
    }
    Ok(serde_json::from_str(text).map_err(calliyo_db::Error::from)?)
}

/// The rows that can't be taken in, those whose phone a lead has, perhaps one that came earlier in the file, and those
/// of which something is to be said.
async fn left_out(tx: &mut Tx, parsed: &Parsed, added: &[usize]) -> calliyo_db::Result<Vec<NewRow>> {
    let added: BTreeSet<_> = added.iter().copied().collect();
    let duplicates: Vec<_> = (0..parsed.leads.len()).filter(|lead| !added.contains(lead)).collect();
    let phones: Vec<_> = duplicates.iter().map(|lead| parsed.leads[*lead].lead.phone.as_str()).collect();
    let owners = lead_fields::by_phones(tx, &phones).await?;
    let mut rows = Vec::with_capacity(parsed.bad.len() + duplicates.len());
    for row in &parsed.bad {
        rows.push(new_row(row.line, Some(row.reason.clone()), &row.cells, row.kind)?);
    }
    for (lead, phone) in duplicates.into_iter().zip(phones) {
        let owner = owners.get(phone).copied();
        let reason = owner.is_none().then(|| "A lead had this phone, and was given another meanwhile.".to_owned());
        let row = new_row(parsed.places[lead].line, reason, &parsed.cells(lead), RowKind::Row)?;
        rows.push(NewRow { lead: owner, ..row });
    }
    for lead in added {
        let place = &parsed.places[lead];
        if let Some(remark) = &place.remark {
            rows.push(new_row(place.line, Some(remark.clone()), &parsed.cells(lead), RowKind::Remark)?);
        }
    }
    Ok(rows)
}

fn new_row(line: u64, reason: Option<String>, cells: &[String], kind: RowKind) -> calliyo_db::Result<NewRow> {
    let cells = serde_json::to_string(cells)?;
    Ok(NewRow { line: line.cast_signed(), reason, lead: None, cells, kind: kind.key() })
}
