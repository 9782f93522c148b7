use calliyo_app::{live::LiveEvent, server::Services};
use calliyo_db::{
    import, imports,
    runs::{self, Claim},
    settings, statuses,
};
use calliyo_domain::{
    job::{Imported, Outcome, Phase},
    settings::General,
};
use tokio::task::spawn_blocking;

use super::{failure::Failure, progress::Reporter};
use crate::leads_csv::parse;

/// An import: the whole file in one transaction, the rows that can't be taken in kept beside it.
pub async fn run(services: &Services, claim: Claim, reporter: &Reporter) -> Result<(), Failure> {
    reporter.say(Phase::Reading, 0, 0);
    // Nothing is locked while the file is read: that takes longer than writing.
    let mut tx = services.db.read().await?;
    let file =
        imports::waiting(&mut tx, claim.run).await?.ok_or_else(|| Failure::Input("its file is gone".to_owned()))?;
    let country = settings::get::<General>(&mut tx).await?.value.country;
    let pipeline = statuses::list(&mut tx).await?;
    drop(tx);
    let content = file.content;
    let parsed = spawn_blocking(move || parse(&content, &country, &pipeline))
        .await
        .map_err(|error| Failure::Panic(error.to_string()))?
        .map_err(|error| Failure::Input(error.to_string()))?;
    let total = parsed.leads.len() as u64;
    reporter.say(Phase::Adding, 0, total);
    let now = services.clock.now();
    let mut tx = services.db.write().await?;
    let told = |done| reporter.say(Phase::Adding, done, total);
    let added = import::add(&mut tx, &parsed.leads, &file.file, file.by, now, told).await?.len() as u64;
    let outcome = Imported { imported: added, duplicates: total - added, bad: parsed.bad.len() as u64 };
    let bad_rows = serde_json::to_string(&parsed.bad).map_err(calliyo_db::Error::from)?;
    imports::finish(&mut tx, claim.run, &bad_rows).await?;
    let outcome = Outcome::Imported(outcome);
    if !runs::finish(&mut tx, claim.run, claim.fence, &outcome, None, services.clock.now()).await? {
        return Err(Failure::TakenOver);
    }
    services.commit(tx, &[LiveEvent::Runs, LiveEvent::Leads]).await?;
    Ok(())
}
