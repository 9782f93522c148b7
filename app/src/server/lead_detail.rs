use std::cmp::Reverse;

use calliyo_db::{
    Tx,
    calls::{self, Call},
    corrections,
    follow_ups::{self, FollowUp},
    lead_changes::{self, Event},
    leads, statuses,
    users::User,
};
use calliyo_domain::call::Record;
use chrono_tz::Tz;

use super::{Services, calls as logging, corrections as corrected, jobs, lead_bulk};
use crate::{
    Fault,
    leads::detail::{By, Correction, Entry, LeadDetail, NextCall, Says, What},
    ui::Moment,
};

/// Events, calls and follow-ups shown, of each the newest.
const SHOWN: i64 = 200;

pub(crate) async fn read(id: i64) -> Result<LeadDetail, Fault> {
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    let now = services.clock.now();
    let mut tx = services.db.read().await?;
    let lead = lead_changes::by_id(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    if !logging::may_see(&mut tx, &user, &lead).await? {
        return Err(Fault::NotFound);
    }
    let zone = jobs::zone(&mut tx).await?;
    let moment = |at| Moment::of(at, zone);
    let status = statuses::list(&mut tx).await?.into_iter().find(|status| status.id == lead.status_id);
    let follow_ups = follow_ups::of_lead(&mut tx, id, SHOWN).await?;
    let open = follow_ups.iter().filter(|follow_up| follow_up.resolved_at.is_none()).map(|open| open.due_at).min();
    let reader = Reader { zone, corrects: Some((&user, now)) };
    let (timeline, cut) = timeline(&mut tx, id, &follow_ups, &reader).await?;
    Ok(LeadDetail {
        id,
        name: lead.name(),
        tags: leads::tags(&mut tx, &[id]).await?.remove(&id).unwrap_or_default(),
        status: status.as_ref().map(|status| status.name.clone()).unwrap_or_default(),
        status_id: lead.status_id,
        on_queue: status.is_some_and(|status| status.on_queue),
        since: moment(lead.status_since),
        assigned: lead.assigned_at.map(moment),
        created: moment(lead.created_at),
        converted: lead.converted_at.map(|at| (moment(at), lead.converter.clone())),
        follow_up: open.map(|due| NextCall { due: moment(due), overdue: due < now }),
        timeline,
        cut,
        call: logging::options(&mut tx, &user, &lead, now, zone).await?,
        choices: lead_bulk::choices(&mut tx, &user).await?,
        phone: lead.phone,
        email: lead.email,
        source: lead.source,
        owner: lead.owner,
    })
}

/// Everything that happened to the lead, newest first, for who only reads it, and whether something older is left out.
pub(super) async fn history(tx: &mut Tx, id: i64, zone: Tz) -> calliyo_db::Result<(Vec<Entry>, bool)> {
    let follow_ups = follow_ups::of_lead(tx, id, SHOWN).await?;
    timeline(tx, id, &follow_ups, &Reader { zone, corrects: None }).await
}

/// For whom the timeline is read.
struct Reader<'a> {
    zone: Tz,
    /// Who may put calls right where they see it, and the time.
    corrects: Option<(&'a User, i64)>,
}

/// Everything that happened, newest first, and whether something older is left out.
async fn timeline(
    tx: &mut Tx,
    id: i64,
    agreed: &[FollowUp],
    reader: &Reader<'_>,
) -> calliyo_db::Result<(Vec<Entry>, bool)> {
    let zone = reader.zone;
    let events = lead_changes::events(tx, id, SHOWN).await?;
    let calls = calls::of_lead(tx, id, SHOWN).await?;
    let corrections = corrections::of_lead(tx, id, SHOWN).await?;
    let lengths = [events.len(), calls.len(), agreed.len(), corrections.len()];
    let cut = lengths.contains(&(SHOWN as usize));
    let mut timeline: Vec<Entry> = events.into_iter().map(|event| change(event, zone)).collect();
    timeline.extend(calls.into_iter().map(|call| call_entry(call, &corrections, reader)));
    timeline.extend(agreed.iter().map(|follow_up| Entry {
        id: follow_up.id,
        at: Moment::of(follow_up.created_at, zone),
        by: By::Person(follow_up.agent.clone()),
        what: What::FollowUp {
            due: Moment::of(follow_up.due_at, zone),
            resolved: follow_up.resolved_at.map(|at| Moment::of(at, zone)),
            taken_back: follow_up.taken_back,
        },
    }));
    // What happened in one instant keeps its order.
    timeline.sort_by_key(|entry| Reverse(entry.at.at));
    Ok((timeline, cut))
}

fn call_entry(call: Call, corrections: &[corrections::Correction], reader: &Reader<'_>) -> Entry {
    let zone = reader.zone;
    let may_correct = reader.corrects.is_some_and(|(user, now)| corrected::may_correct(user, &call, now, zone));
    let of_call = corrections.iter().filter(|correction| correction.call_id == call.id);
    let corrections = of_call.map(|correction| Correction {
        at: Moment::of(correction.at, zone),
        by: correction.by.clone(),
        said: says(correction.said.clone()),
    });
    Entry {
        id: call.id,
        // Where it is logged after it ended, it stands where it ended.
        at: Moment::of(call.started_at + call.says.duration_seconds * 1000, zone),
        by: By::Person(call.agent),
        what: What::Call {
            says: says(call.says),
            corrections: corrections.collect(),
            may_correct,
            undone: call.undone_at.map(|at| Moment::of(at, zone)),
        },
    }
}

fn says(record: Record) -> Says {
    let Record { status, direction, duration_seconds, note } = record;
    Says { status, direction, duration_seconds, note }
}

fn change(event: Event, zone: Tz) -> Entry {
    let by = match (event.run_id, event.actor) {
        (Some(run), _) => By::Run(run),
        (None, Some(name)) => By::Person(name),
        (None, None) => By::System,
    };
    let gone = || "a status that is gone".to_owned();
    let status = (event.from_status_id != Some(event.to_status_id)).then(|| {
        let from = event.from_status_id.map(|_| event.from_status.unwrap_or_else(gone));
        (from, event.to_status.unwrap_or_else(gone))
    });
    let owner = (event.from_owner_id != event.to_owner_id).then_some((event.from_owner, event.to_owner));
    Entry { id: event.id, at: Moment::of(event.at, zone), by, what: What::Change { status, owner, why: event.why } }
}
