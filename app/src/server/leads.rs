use calliyo_db::{
    agents,
    leads::{self, LeadFilter},
    settings, statuses,
};
use calliyo_domain::{company, settings::General};

use super::{Services, session};
use crate::{
    Fault,
    leads::{LeadPage, LeadRow, Owner},
};

/// Rows on a page.
const PAGE: i64 = 50;

pub(crate) async fn list(status: &str, owner: &str, before: &str) -> Result<LeadPage, Fault> {
    let services = Services::current()?;
    let user = session::require_user(&services).await?;
    let permissions = user.permissions();
    if !permissions.management && !permissions.tasks {
        return Err(Fault::Forbidden);
    }
    // Without `management` one sees one's own.
    let owner = match (permissions.management, owner) {
        (false, _) => leads::OwnerFilter::Agent(user.id),
        (true, "none") => leads::OwnerFilter::Nobody,
        (true, id) => id.parse().map_or(leads::OwnerFilter::Anyone, leads::OwnerFilter::Agent),
    };
    let filter = LeadFilter { statuses: status.parse().into_iter().collect(), owner, ..LeadFilter::default() };
    let mut tx = services.db.read().await?;
    let zone = company::zone(&settings::get::<General>(&mut tx).await?.value);
    let mut found = leads::list(&mut tx, &filter, before.parse().ok(), PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let ids: Vec<i64> = found.iter().map(|lead| lead.id).collect();
    let mut tags = leads::tags(&mut tx, &ids).await?;
    let owners = if permissions.management { agents::list(&mut tx).await? } else { Vec::new() };
    Ok(LeadPage {
        next: found.last().filter(|_| more).map(|lead| lead.id),
        rows: found
            .into_iter()
            .map(|lead| LeadRow {
                id: lead.id,
                name: format!("{} {}", lead.first_name, lead.last_name).trim_end().to_owned(),
                phone: lead.phone,
                email: lead.email,
                status: lead.status,
                status_id: lead.status_id,
                since: company::minute(lead.status_since, zone),
                owner: lead.owner,
                tags: tags.remove(&lead.id).unwrap_or_default(),
            })
            .collect(),
        statuses: statuses::list(&mut tx).await?,
        owners: owners.into_iter().map(|a| Owner { id: a.id, name: a.name, load: a.load, cap: a.cap }).collect(),
        time_zone: zone.name().to_owned(),
    })
}
