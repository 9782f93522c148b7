/// How far leads came within some days. Those of the first step are followed: each later step counts some of them.
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
    /// The steps by name, in order.
    #[must_use]
    pub fn steps(&self, of_agent: bool) -> [(&'static str, i64); 4] {
        let first = if of_agent { "Assigned" } else { "Came in" };
        [(first, self.came), ("Called", self.called), ("Connected", self.connected), ("Converted", self.converted)]
    }
}

/// What `part` is of `whole` in whole percent, rounded down; nothing where there is no whole.
#[must_use]
pub fn share(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part * 100 / whole)
}
