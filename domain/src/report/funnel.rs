/// How far leads came within some days. Those of the first step are followed: each later step counts some of them. Who
/// was connected was called; who was converted may be neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Leads that came in; with an agent, those that the agent was given.
    pub came: i64,
    /// Of these, those with an outgoing call.
    pub called: i64,
    /// Those with an outgoing call that somebody took.
    pub connected: i64,
    /// Those that became customers, and still are.
    pub converted: i64,
}

impl Funnel {
    /// The steps in order: name, leads, and how many leads the step before has that this one counts a part of.
    #[must_use]
    pub fn steps(&self, of_agent: bool) -> [(&'static str, i64, Option<i64>); 4] {
        let first = if of_agent { "Assigned" } else { "Came in" };
        [
            (first, self.came, None),
            ("Called", self.called, Some(self.came)),
            ("Connected", self.connected, Some(self.called)),
            ("Converted", self.converted, None),
        ]
    }
}

/// What `part` is of `whole` in whole percent, rounded down; nothing where there is no whole.
#[must_use]
pub fn share(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part * 100 / whole)
}
