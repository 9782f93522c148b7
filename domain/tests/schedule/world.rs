//! A server with a schedule: saves, ticks and crashes at given times, everything written down.

use std::collections::{BTreeMap, BTreeSet};

use calliyo_domain::{
    job::Trigger,
    schedule::{Daily, Slot, due, instant_on, local_date, next_run},
    time_of_day::TimeOfDay,
};
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

/// What became of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Ran(Trigger),
    Missed,
}

/// A date's row in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub mark: Mark,
    pub instant: i64,
    pub written: i64,
}

pub type Ledger = BTreeMap<NaiveDate, Row>;

/// The settings from one save on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub zone: Tz,
    pub at: TimeOfDay,
    pub on: bool,
}

pub struct World {
    rule: Rule,
    since: i64,
    up_since: i64,
    /// What [`next_run`] said, while nothing has changed since.
    predicted: Option<Slot>,
    pub ledger: Ledger,
    /// Every save that changed something, with its time.
    pub saves: Vec<(i64, Rule)>,
    /// When the server compared, and since when it was up.
    pub compared: Vec<(i64, i64)>,
}

impl World {
    pub fn new(now: i64, rule: Rule) -> Self {
        let (ledger, saves, compared) = (Ledger::new(), vec![(now, rule)], Vec::new());
        Self { rule, since: now, up_since: now, predicted: None, ledger, saves, compared }
    }

    pub fn rule(&self) -> Rule {
        self.rule
    }

    pub fn save(&mut self, now: i64, rule: Rule) {
        if rule != self.rule {
            // The run foretold may have been due this very moment, before any tick saw it.
            (self.rule, self.since, self.predicted) = (rule, now, None);
            self.saves.push((now, rule));
        }
        self.compare(now);
    }

    pub fn start(&mut self, now: i64) {
        (self.up_since, self.predicted) = (now, None);
        self.compare(now);
    }

    /// What the server does at each tick. Fails where a sentence of PRODUCT.md is broken.
    pub fn compare(&mut self, now: i64) {
        self.compared.push((now, self.up_since));
        if !self.rule.on {
            self.predicted = None;
            return;
        }
        let daily = Daily { zone: self.rule.zone, at: self.rule.at, since: self.since };
        let dates: BTreeSet<_> = self.ledger.keys().copied().collect();
        let due = due(&daily, &dates, now, self.up_since);
        if let Some(predicted) = self.predicted.take_if(|predicted| predicted.instant <= now) {
            assert_eq!(due.run.map(|(slot, _)| slot), Some(predicted), "next_run kept its word");
        }
        for slot in due.missed {
            self.write(slot, Mark::Missed, now);
        }
        if let Some((slot, trigger)) = due.run {
            self.write(slot, Mark::Ran(trigger), now);
        }
        let dates = self.ledger.keys().copied().collect();
        self.predicted = next_run(&daily, &dates, now + 1);
        assert!(self.predicted.is_some_and(|next| next.instant > now && next.instant >= self.since));
    }

    fn write(&mut self, slot: Slot, mark: Mark, now: i64) {
        assert!(slot.instant >= self.since, "fires for {slot:?}, before the change at {}", self.since);
        assert!(slot.instant <= now, "{slot:?} is ahead of {now}");
        let row = Row { mark, instant: slot.instant, written: now };
        assert_eq!(self.ledger.insert(slot.date, row), None, "a date runs twice");
    }

    /// What the ledger must be, worked out save by save and date by date.
    pub fn expected(&self) -> Ledger {
        let ends = self.saves.iter().skip(1).map(|&(at, _)| at).chain([i64::MAX]);
        let mut noticed: BTreeMap<(i64, i64), Vec<(Slot, Tz)>> = BTreeMap::new();
        for (&(from, rule), to) in self.saves.iter().zip(ends).filter(|((_, rule), _)| rule.on) {
            for slot in self.slots(from, rule).filter(|slot| (from..to).contains(&slot.instant)) {
                let compared = self.compared.iter().find(|&&(at, _)| at >= slot.instant && at < to);
                if let Some(&when) = compared {
                    noticed.entry(when).or_default().push((slot, rule.zone));
                }
            }
        }
        let mut ledger = Ledger::new();
        for ((written, up_since), slots) in noticed {
            let mut open = true;
            for (Slot { date, instant }, zone) in slots.into_iter().rev() {
                let same_date = local_date(zone, written) == local_date(zone, instant);
                let on_time = written - instant <= 2_000 || (up_since <= instant && written - instant <= 62_000);
                let trigger = if on_time { Trigger::Schedule } else { Trigger::CatchUp };
                let mark = if same_date && open { Mark::Ran(trigger) } else { Mark::Missed };
                let new = !ledger.contains_key(&date);
                open &= !new;
                if new {
                    ledger.insert(date, Row { mark, instant, written });
                }
            }
        }
        ledger
    }

    fn slots(&self, from: i64, rule: Rule) -> impl Iterator<Item = Slot> {
        let end = self.compared.last().map_or(from, |&(at, _)| at);
        let first = local_date(rule.zone, from).expect("a date") - Days::new(2);
        let last = local_date(rule.zone, end).expect("a date") + Days::new(2);
        let dates = first.iter_days().take_while(move |date| *date <= last);
        dates.filter_map(move |date| Some(Slot { date, instant: instant_on(rule.zone, rule.at, date)? }))
    }
}
