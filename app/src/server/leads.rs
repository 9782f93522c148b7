use calliyo_db::{
    Tx, agents,
    leads::{self, LeadFilter, OwnerFilter},
    settings, statuses,
    users::User,
};
use calliyo_domain::{
    company,
    settings::{General, ShowCustomer},
    visibility,
};

use super::{Services, session};
use crate::{
    Fault,
    leads::{LeadPage, LeadRow, Owner},
};

/// Rows on a page.
const PAGE: i64 = 50;

/// The leads that somebody may see, for others to narrow down: with `management` all, with `tasks` alone one's own, and
/// of customers only those that Show customer to lets them see. The one lead alone is [`super::calls::may_see`]'s.
pub(super) async fn seen_by(tx: &mut Tx, user: &User) -> Result<LeadFilter, Fault> {
    let permissions = user.permissions();
    let setting = settings::get::<ShowCustomer>(tx).await?.value;
    let customers = visibility::customers(&permissions, setting, user.id).ok_or(Fault::Forbidden)?;
    let owner = if permissions.management { OwnerFilter::Anyone } else { OwnerFilter::Agent(user.id) };
    Ok(LeadFilter { owner, customers, ..LeadFilter::default() })
}

pub(crate) async fn list(status: &str, owner: &str, before: &str) -> Result<LeadPage, Fault> {
    let services = Services::current()?;
    let user = session::require_user(&services).await?;
    let permissions = user.permissions();
    let mut tx = services.db.read().await?;
    let mut filter = seen_by(&mut tx, &user).await?;
    filter.statuses = status.parse().into_iter().collect();
    if permissions.management {
        filter.owner = match owner {
            "none" => OwnerFilter::Nobody,
            id => id.parse().map_or(OwnerFilter::Anyone, OwnerFilter::Agent),
        };
    }
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
