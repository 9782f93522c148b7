use std::collections::BTreeSet;

use calliyo_app::{
    live::LiveEvent,
    server::{
        Services,
        leads_csv::{Parsed, parse},
    },
};
use calliyo_db::{
    Tx, import,
    import_rows::{self, NewRow},
    imports, lead_fields,
    runs::{self, Claim},
    settings, statuses,
};
use calliyo_domain::{
    import::Mapping,
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
    let pipeline = statuses::list(&mut tx).await?;
    drop(tx);
    let (content, mapping) = (file.content, file.columns.as_deref().map(Mapping::read));
    let mut parsed = spawn_blocking(move || parse(&content, mapping.as_ref(), &country, &pipeline))
        .await
        .map_err(|error| Failure::Panic(error.to_string()))?
        .map_err(|error| Failure::Input(error.to_string()))?;
    let now = services.clock.now();
    let mut tx = services.db.write().await?;
    parsed.settle(&mut tx).await?;
    let total = parsed.leads.len() as u64;
    reporter.say(Phase::Adding, 0, total);
    let told = |done| reporter.say(Phase::Adding, done, total);
    let added = import::add(&mut tx, &parsed.leads, &file.file, file.by, now, told).await?;
    let left_out = left_out(&mut tx, &parsed, &added).await?;
    import_rows::add(&mut tx, claim.run, &left_out).await?;
    imports::finish(&mut tx, claim.run).await?;
    let imported = added.len() as u64;
    let outcome = Imported { imported, duplicates: total - imported, bad: parsed.bad.len() as u64 };
    let outcome = Outcome::Imported(outcome);
    if !runs::finish(&mut tx, claim.run, claim.fence, &outcome, None, services.clock.now()).await? {
        return Err(Failure::TakenOver);
    }
    services.commit(tx, &[LiveEvent::Runs, LiveEvent::Leads]).await?;
    Ok(())
}

/// The rows that can't be taken in, and those whose phone a lead has: perhaps one that came earlier in the file.
async fn left_out(tx: &mut Tx, parsed: &Parsed, added: &[usize]) -> calliyo_db::Result<Vec<NewRow>> {
    let added: BTreeSet<_> = added.iter().collect();
    let duplicates: Vec<_> = (0..parsed.leads.len()).filter(|lead| !added.contains(lead)).collect();
    let phones: Vec<_> = duplicates.iter().map(|lead| parsed.leads[*lead].lead.phone.as_str()).collect();
    let owners = lead_fields::by_phones(tx, &phones).await?;
    let mut rows = Vec::with_capacity(parsed.bad.len() + duplicates.len());
    for row in &parsed.bad {
        let cells = serde_json::to_string(&row.cells)?;
        rows.push(NewRow { line: row.line.cast_signed(), reason: Some(row.reason.clone()), lead: None, cells });
    }
    for (lead, phone) in duplicates.into_iter().zip(phones) {
        let cells = serde_json::to_string(&parsed.cells(lead))?;
        let line = parsed.places[lead].line.cast_signed();
        let owner = owners.get(phone).copied();
        let reason = owner.is_none().then(|| "A lead had this phone, and was given another meanwhile.".to_owned());
        rows.push(NewRow { line, reason, lead: owner, cells });
    }
    Ok(rows)
}
