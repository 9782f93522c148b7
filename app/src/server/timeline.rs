//! What happened to a lead: everything of every kind, newest first.

use std::{cmp::Reverse, collections::HashMap};

use calliyo_db::{
    Tx,
    calls::{self, Call},
    corrections,
    follow_ups::{self, FollowUp},
    lead_changes::{self, Event},
    lead_notes::{self, LeadNote},
    users::User,
};
use calliyo_domain::{call::Record, job::Job};
use chrono_tz::Tz;

use super::{corrections as corrected, part::cut};
use crate::{
    leads::detail::{By, Correction, End, Ended, Entry, MOST, Says, What},
    ui::Moment,
};

/// Entries shown at first.
const FIRST: i64 = 100;

/// For whom a timeline is read.
pub(super) struct Reader<'a> {
    pub zone: Tz,
    /// Who may put calls right where they see it, and the time; nobody where it is only read.
    pub corrects: Option<(&'a User, i64)>,
}

/// The newest `shown` entries, within bounds, and whether something older happened.
pub(super) async fn read(
    tx: &mut Tx,
    lead: i64,
    shown: i64,
    reader: &Reader<'_>,
) -> calliyo_db::Result<(Vec<Entry>, bool)> {
    let shown = shown.clamp(FIRST, MOST);
    let mut found = happenings(tx, lead, shown + 1).await?;
    let older = cut(&mut found, shown);
    let calls: Vec<i64> = found.iter().filter_map(Happening::call).collect();
    let mut corrections = corrections::of_calls(tx, &calls).await?;
    Ok((found.into_iter().map(|happening| entry(happening, &mut corrections, reader)).collect(), older))
}

/// Something that happened, as it is stored.
enum Happening {
    Change(Event),
    Call(Call),
    /// With what became of it.
    FollowUp(FollowUp, Option<End>),
    Note(LeadNote),
}

impl Happening {
    /// Where it stands. A call stands where it ended: then it was logged.
    fn at(&self) -> i64 {
        match self {
            Self::Change(event) => event.at,
            Self::Call(call) => call.ended_at(),
            Self::FollowUp(follow_up, _) => follow_up.created_at,
            Self::Note(note) => note.at,
        }
    }

    fn call(&self) -> Option<i64> {
        if let Self::Call(call) = self { Some(call.id) } else { None }
    }
}

/// As many of each kind as there may be in all, so that the newest of them are the newest of all.
async fn happenings(tx: &mut Tx, lead: i64, limit: i64) -> calliyo_db::Result<Vec<Happening>> {
    let agreed = follow_ups::of_lead(tx, lead, limit).await?;
    let ends: Vec<_> = agreed.iter().map(|follow_up| end(follow_up, &agreed)).collect();
    let mut found: Vec<_> = lead_changes::events(tx, lead, limit).await?.into_iter().map(Happening::Change).collect();
    found.extend(calls::of_lead(tx, lead, limit).await?.into_iter().map(Happening::Call));
    found.extend(agreed.into_iter().zip(ends).map(|(follow_up, end)| Happening::FollowUp(follow_up, end)));
    found.extend(lead_notes::of_lead(tx, lead, limit).await?.into_iter().map(Happening::Note));
    // What happened in one instant keeps its order.
    found.sort_by_key(|happening| Reverse(happening.at()));
    Ok(found)
}

/// What became of a follow-up, one of the newest `agreed`.
fn end(follow_up: &FollowUp, agreed: &[FollowUp]) -> Option<End> {
    let at = follow_up.resolved_at?;
    // Moving a call ends it and agrees on the next in one instant, by no call.
    let moved = || agreed.iter().any(|next| next.created_at == at && next.call_id.is_none());
    Some(match follow_up.resolved_by {
        _ if follow_up.taken_back => End::TakenBack,
        Some(_) => End::Done,
        None if moved() => End::Moved,
        None => End::Dropped,
    })
}

/// What is shown of it; takes a call's corrections out of `corrections`.
fn entry(
    happening: Happening,
    corrections: &mut HashMap<i64, Vec<corrections::Correction>>,
    reader: &Reader<'_>,
) -> Entry {
    let zone = reader.zone;
    let at = Moment::of(happening.at(), zone);
    match happening {
        Happening::Change(event) => change(event, at),
        Happening::Call(call) => call_entry(call, at, corrections, reader),
        Happening::FollowUp(follow_up, end) => {
            let ended = end.zip(follow_up.resolved_at).map(|(how, at)| Ended {
                how,
                at: Moment::of(at, zone),
                by: follow_up.called_off_by,
            });
            let what = What::FollowUp { due: Moment::of(follow_up.due_at, zone), ended };
            Entry { id: follow_up.id, at, by: By::Person(follow_up.agent), what }
        }
        Happening::Note(note) => {
            Entry { id: note.id, at, by: By::Person(note.by), what: What::Note { note: note.note } }
        }
    }
}

pub(super) fn call_entry(
    call: Call,
    at: Moment,
    corrections: &mut HashMap<i64, Vec<corrections::Correction>>,
    reader: &Reader<'_>,
) -> Entry {
    let zone = reader.zone;
    let may_correct = reader.corrects.is_some_and(|(user, now)| corrected::may_correct(user, &call, now, zone));
    let corrections = corrections.remove(&call.id).unwrap_or_default().into_iter().map(|correction| Correction {
        at: Moment::of(correction.at, zone),
        by: correction.by,
        said: says(correction.said),
    });
    let what = What::Call {
        says: says(call.says),
        corrections: corrections.collect(),
        may_correct,
        undone: call.undone_at.map(|at| Moment::of(at, zone)),
    };
    Entry { id: call.id, at, by: By::Person(call.agent), what }
}

fn says(record: Record) -> Says {
    let Record { status, direction, duration_seconds, note } = record;
    Says { status, direction, duration_seconds, note }
}

fn change(event: Event, at: Moment) -> Entry {
    let by = match (event.run_id, event.actor) {
        (Some(id), _) => By::Run { id, job: event.job.as_deref().and_then(Job::from_key) },
        (None, Some(name)) => By::Person(name),
        (None, None) => By::System,
    };
    let gone = || "a status that is gone".to_owned();
    let status = (event.from_status_id != Some(event.to_status_id)).then(|| {
        let from = event.from_status_id.map(|_| event.from_status.unwrap_or_else(gone));
        (from, event.to_status.unwrap_or_else(gone))
    });
    let owner = (event.from_owner_id != event.to_owner_id).then_some((event.from_owner, event.to_owner));
    Entry { id: event.id, at, by, what: What::Change { status, owner, why: event.why } }
}
