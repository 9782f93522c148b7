//! What was called, summed up apart from the product.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::AddAssign,
};

const HOUR: i64 = 3_600_000;

/// Kolkata's clocks are always this far ahead of UTC.
const AHEAD: i64 = 5 * HOUR + HOUR / 2;

/// What is counted of some calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub attempts: i64,
    pub connected: i64,
    pub talk: i64,
    pub conversions: i64,
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.attempts += other.attempts;
        self.connected += other.connected;
        self.talk += other.talk;
        self.conversions += other.conversions;
    }
}

/// A call as it was logged.
#[derive(Clone, Copy, Debug)]
pub struct Played {
    pub agent: i64,
    pub lead: i64,
    /// The day's place in the fortnight, weekend included.
    pub day: usize,
    /// When it was logged, unix ms.
    pub at: i64,
    pub seconds: i64,
    pub outcome: &'static str,
    pub converted: bool,
}

/// The calls that were logged.
#[derive(Default)]
pub struct Log(pub Vec<Played>);

impl Log {
    fn of(&self, agent: Option<i64>) -> impl Iterator<Item = &Played> {
        self.0.iter().filter(move |call| agent.is_none_or(|agent| agent == call.agent))
    }

    /// Of one agent or all, on one day or all.
    pub fn sum(&self, agent: Option<i64>, day: Option<usize>) -> Sum {
        let mut sum = Sum::default();
        for call in self.of(agent).filter(|call| day.is_none_or(|day| day == call.day)) {
            sum += Sum {
                attempts: 1,
                connected: i64::from(call.seconds > 0),
                talk: call.seconds,
                conversions: i64::from(call.converted),
            };
        }
        sum
    }

    pub fn outcomes(&self, agent: Option<i64>) -> BTreeMap<&'static str, i64> {
        let mut outcomes = BTreeMap::new();
        for call in self.of(agent) {
            *outcomes.entry(call.outcome).or_default() += 1;
        }
        outcomes
    }

    /// By the hour in which they began.
    pub fn hours(&self, agent: Option<i64>) -> Vec<i64> {
        let mut hours = vec![0; 24];
        for call in self.of(agent) {
            let began = call.at - call.seconds * 1000 + AHEAD;
            hours[usize::try_from(began / HOUR % 24).unwrap()] += 1;
        }
        hours
    }

    /// Leads that were called, that were reached, that converted.
    pub fn funnel(&self, agent: Option<i64>) -> [i64; 3] {
        let leads = |wanted: fn(&&Played) -> bool| {
            self.of(agent).filter(wanted).map(|call| call.lead).collect::<BTreeSet<_>>().len() as i64
        };
        [leads(|_| true), leads(|call| call.seconds > 0), leads(|call| call.converted)]
    }
}
