use calliyo_db::{follow_ups, lead_changes, leads, statuses};

use super::{Services, calls as logging, company_time, lead_bulk, timeline};
use crate::{
    Fault,
    leads::detail::{LeadDetail, NextCall},
    ui::Moment,
};

pub(crate) async fn read(id: i64, shown: i64) -> Result<LeadDetail, Fault> {
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    let now = services.clock.now();
    let mut tx = services.read().await?;
    let lead = lead_changes::by_id(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    if !logging::may_see(&mut tx, &user, &lead).await? {
        return Err(Fault::NotFound);
    }
    let zone = company_time::zone(&mut tx).await?;
    let moment = |at| Moment::of(at, zone);
    let status = statuses::list(&mut tx).await?.into_iter().find(|status| status.id == lead.status_id);
    let open = follow_ups::open(&mut tx, id).await?;
    let due = open.iter().copied().filter(|due| *due >= now);
    let reader = timeline::Reader { zone, corrects: Some((&user, now)) };
    let (timeline, older) = timeline::read(&mut tx, id, shown, &reader).await?;
    Ok(LeadDetail {
        id,
        version: lead.version,
        name: lead.name(),
        tags: leads::tags(&mut tx, &[id]).await?.remove(&id).unwrap_or_default(),
        status: status.as_ref().map(|status| status.name.clone()).unwrap_or_default(),
        status_id: lead.status_id,
        on_queue: status.is_some_and(|status| status.on_queue),
        since: moment(lead.status_since),
        assigned: lead.assigned_at.map(moment),
        created: moment(lead.created_at),
        converted: lead.converted_at.map(|at| (moment(at), lead.converter.clone())),
        follow_up: open.first().map(|due| NextCall { due: moment(*due), overdue: *due < now }),
        timeline,
        older,
        call: logging::options(&mut tx, &user, &lead, now, zone).await?,
        calls: user.permissions().tasks,
        choices: lead_bulk::choices(&mut tx, &user).await?,
        changes_at: company_time::changes_at(company_time::today(now, zone), due),
        phone: lead.phone,
        email: lead.email,
        source: lead.source,
        owner: lead.owner,
    })
}
