//! What somebody called today, whoever has the leads by now.

use std::cmp::Reverse;

use calliyo_db::{calls, corrections, settings};
use calliyo_domain::{settings::ShowCustomer, visibility};

use super::{
    Services, calls as logging, company_time,
    part::cut,
    timeline::{Reader, call_entry},
};
use crate::{
    Fault,
    calls::today::{CallToday, CallsToday},
    ui::Moment,
};

/// Calls shown.
const MOST: i64 = 500;

pub(crate) async fn read() -> Result<CallsToday, Fault> {
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    let mut tx = services.read().await?;
    let zone = company_time::zone(&mut tx).await?;
    let now = services.clock.now();
    let today = company_time::today(now, zone);
    let mut found = calls::of_agent(&mut tx, user.id, today.begins, MOST + 1).await?;
    let more = cut(&mut found, MOST);
    // By the time that is shown, when they ended.
    found.sort_by_key(|found| Reverse((found.call.ended_at(), found.call.id)));
    let ids: Vec<i64> = found.iter().map(|found| found.call.id).collect();
    let mut corrections = corrections::of_calls(&mut tx, &ids).await?;
    let setting = settings::get::<ShowCustomer>(&mut tx).await?.value;
    let reader = Reader { zone, corrects: Some((&user, now)) };
    let shown = found.into_iter().map(|found| {
        let seen = visibility::lead(&user.permissions(), setting, user.id, &found.lead);
        let at = Moment::of(found.call.ended_at(), zone);
        let lead = found.call.lead_id;
        let entry = call_entry(found.call, at, &mut corrections, &reader);
        CallToday { lead, name: seen.then_some(found.name), entry }
    });
    Ok(CallsToday { calls: shown.collect(), more, time_zone: zone.name().to_owned() })
}
