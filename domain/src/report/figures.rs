use std::ops::AddAssign;

use super::share;

/// What is counted of calls and conversions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Outgoing calls, whatever their outcome.
    pub attempts: i64,
    /// Outgoing calls with a duration over 0.
    pub connected: i64,
    /// Seconds of the outgoing calls.
    pub talk: i64,
    /// Incoming calls, which count toward nothing else.
    pub incoming: i64,
    /// Leads that became customers, and still are.
    pub conversions: i64,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.attempts += other.attempts;
        self.connected += other.connected;
        self.talk += other.talk;
        self.incoming += other.incoming;
        self.conversions += other.conversions;
    }
}

/// The figures of one person on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The day's number (see [`day_number`](super::day_number)).
    pub day: i64,
    /// The caller, or the converter; nobody for customers that came in as such.
    pub person: Option<i64>,
    pub figures: Figures,
}

/// The sum of the tallies that are `wanted`.
pub fn total(tallies: &[Tally], wanted: impl Fn(&Tally) -> bool) -> Figures {
    let mut sum = Figures::default();
    for tally in tallies.iter().filter(|tally| wanted(tally)) {
        sum += tally.figures;
    }
    sum
}

/// The call coverage in whole percent: the calls made of those expected, rounded down, so that 100 is said only where
/// the target is reached. It may be more. Nothing where no call is expected.
#[must_use]
pub fn coverage(calls: i64, expected: i64) -> Option<i64> {
    share(calls, expected)
}
