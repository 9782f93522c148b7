use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Range, stretches};
use crate::settings::{DailyTarget, as_of};

/// The calls that are expected of one agent on each day of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline(Vec<(NaiveDate, u32)>);

impl Baseline {
    /// A day's target is the one in force at the day's end: of the saves, oldest first as [`as_of`] reads them, or else
    /// the `present` one.
    #[must_use]
    pub fn new(zone: Tz, range: Range, saves: &[(i64, DailyTarget, DailyTarget)], present: DailyTarget) -> Self {
        let target = |date: NaiveDate| {
            let last = stretches(zone, Range { from: date, to: date }).last().map(|stretch| stretch.end - 1);
            last.and_then(|last| as_of(saves, last)).copied().unwrap_or(present).calls
        };
        Self(range.dates().map(|date| (date, target(date))).collect())
    }

    /// Each day with its target.
    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, u32)> {
        self.0.iter().copied()
    }

    /// The targets in the order of the days, each once until it changes.
    #[must_use]
    pub fn targets(&self) -> Vec<u32> {
        let mut targets: Vec<u32> = self.days().map(|(_, target)| target).collect();
        targets.dedup();
        targets
    }
}
