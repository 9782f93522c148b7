//! What a job's daily run asks for now: PRODUCT.md, "When they run".

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{instant_on, local_date};
use crate::{job::Trigger, time_of_day::TimeOfDay};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// How far back dates are called missed, in milliseconds: well within the year that run history is kept, so that a
/// date whose row was pruned is never taken for a missed one.
pub const LOOK_BACK: i64 = 300 * DAY;

/// "Starting within two seconds of it."
const ON_TIME: i64 = 2 * SECOND;

/// A job that is switched on: what its schedule is, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Daily {
    pub zone: Tz,
    pub at: TimeOfDay,
    /// The latest save that switched the job on or changed its time or the zone ([`last_change`]), in unix
    /// milliseconds; `i64::MIN` if none did. No instant before it fires.
    pub since: i64,
}

/// A local date and the instant its run is due, in unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    pub date: NaiveDate,
    pub instant: i64,
}

/// What is to be written down now. Missed dates come in order, and before the date that runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    pub missed: Vec<Slot>,
    pub run: Option<(Slot, Trigger)>,
}

/// What is due at `now` for a job that is switched on; `up_since` is when this server began to compare.
///
/// A date that passed unrecorded runs as long as the clocks show the date they showed at its instant; after that
/// it is missed. One run at most: of two such dates (see [`instant_on`] on gaps over midnight) the later runs.
///
/// A run counts as caught up if the server was down at its instant, or if more than one minute's tick was lost.
#[must_use]
pub fn due(daily: &Daily, ledger: &BTreeSet<NaiveDate>, now: i64, up_since: i64) -> Due {
    let from = daily.since.max(now.saturating_sub(LOOK_BACK));
    let passed = daily.slots(from).take_while(|slot| slot.instant <= now);
    let mut missed: Vec<Slot> = passed.filter(|slot| !ledger.contains(&slot.date)).collect();

    let today = local_date(daily.zone, now);
    let open = missed.pop_if(|slot| today <= local_date(daily.zone, slot.instant));
    Due { missed, run: open.map(|slot| (slot, trigger(slot.instant, now, up_since))) }
}

/// The next run, if nothing is saved meanwhile: the first date that isn't in the ledger and not yet past.
#[must_use]
pub fn next_run(daily: &Daily, ledger: &BTreeSet<NaiveDate>, now: i64) -> Option<Slot> {
    daily.slots(daily.since.max(now)).find(|slot| !ledger.contains(&slot.date))
}

/// The first date of the ledger that [`due`] and [`next_run`] need to know.
#[must_use]
pub fn ledger_from(daily: &Daily, now: i64) -> Option<NaiveDate> {
    daily.slots(daily.since.max(now.saturating_sub(LOOK_BACK))).next().map(|slot| slot.date)
}

/// When a part of a section last changed: of the section's history, given as time, before and after in any order,
/// the latest save that changed it. A save that leaves the part alone (other statuses, say) doesn't count.
pub fn last_change<S, P: PartialEq>(
    history: impl IntoIterator<Item = (i64, S, S)>,
    part: impl Fn(&S) -> P,
) -> Option<i64> {
    let changed = history.into_iter().filter(|(_, before, after)| part(before) != part(after));
    changed.map(|(at, ..)| at).max()
}

impl Daily {
    /// The slots from an instant on, in order.
    fn slots(&self, from: i64) -> impl Iterator<Item = Slot> {
        let &Self { zone, at, .. } = self;
        // A run may be due on the date after its own.
        let first = local_date(zone, from).and_then(|date| date.pred_opt());
        let dates = first.into_iter().flat_map(|first| first.iter_days());
        dates
            .filter_map(move |date| Some(Slot { date, instant: instant_on(zone, at, date)? }))
            .skip_while(move |slot| slot.instant < from)
    }
}

fn trigger(instant: i64, now: i64, up_since: i64) -> Trigger {
    let late = now - instant;
    // A tick that comes too late, or not at all, is made up for by the next.
    let was_up = up_since <= instant && late <= MINUTE + ON_TIME;
    if late <= ON_TIME || was_up { Trigger::Schedule } else { Trigger::CatchUp }
}
