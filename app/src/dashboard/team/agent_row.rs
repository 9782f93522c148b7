use crate::dashboard::AgentRow;

impl AgentRow {
    /// Banned agents are shown as long as they have something of the day or leads.
    pub fn matters(&self) -> bool {
        !self.banned || self.calls + self.load + self.due + self.overdue > 0
    }

    pub fn is_on_leave(&self) -> bool {
        !self.banned && !self.receiving
    }

    /// How many leads the jobs let the queue grow to.
    pub fn places(&self) -> i64 {
        if self.receiving && !self.banned { self.cap } else { 0 }
    }

    /// Whether the target's calls are expected of them today. Who calls on a day of leave works on it.
    pub fn is_expected(&self) -> bool {
        !self.banned && (self.receiving || self.calls > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banned_agents_are_shown_while_they_have_calls_or_leads() {
        let shown =
            |banned, calls, load, overdue| AgentRow { banned, calls, load, overdue, ..AgentRow::default() }.matters();
        assert!(shown(false, 0, 0, 0));
        assert!(shown(true, 1, 0, 0) && shown(true, 0, 1, 0) && shown(true, 0, 0, 1));
        assert!(!shown(true, 0, 0, 0));
    }

    #[test]
    fn calls_are_expected_of_those_at_work() {
        let expected =
            |banned, receiving, calls| AgentRow { banned, receiving, calls, ..AgentRow::default() }.is_expected();
        assert!(expected(false, true, 0));
        assert!(!expected(false, false, 0) && expected(false, false, 1), "on leave");
        assert!(!expected(true, true, 1), "banned");
    }

    #[test]
    fn only_those_who_receive_have_places() {
        let places = |banned, receiving| AgentRow { banned, receiving, cap: 9, ..AgentRow::default() }.places();
        assert_eq!([places(false, true), places(false, false), places(true, true)], [9, 0, 0]);
    }
}
