//! The jobs, and what is known of one run.

use serde::{Deserialize, Serialize};

/// What the queue carries out: three daily jobs that move leads, and imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    AutoRemoval,
    AutoAssignment,
    TopUp,
    LeadImport,
}

impl Job {
    /// Those that run once a day, in the order they run when due together (PRODUCT.md, "When they run").
    pub const DAILY: [Self; 3] = [Self::AutoRemoval, Self::AutoAssignment, Self::TopUp];

    /// All of them.
    pub const ALL: [Self; 4] = [Self::AutoRemoval, Self::AutoAssignment, Self::TopUp, Self::LeadImport];

    /// How it is stored and addressed.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AutoRemoval => "auto_removal",
            Self::AutoAssignment => "auto_assignment",
            Self::TopUp => "top_up",
            Self::LeadImport => "lead_import",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::AutoRemoval => "Auto removal",
            Self::AutoAssignment => "Auto lead assignment",
            Self::TopUp => "Daily lead top-up",
            Self::LeadImport => "Lead import",
        }
    }

    /// The job of a stored key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|job| job.key() == key)
    }
}

/// What made a run start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// The time of day.
    Schedule,
    /// The server was down, or slept, at the time of day.
    CatchUp,
    /// Somebody, on the page.
    RunNow,
    /// Somebody, on the server's command line.
    Command,
}

impl Trigger {
    const ALL: [Self; 4] = [Self::Schedule, Self::CatchUp, Self::RunNow, Self::Command];

    /// How it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::CatchUp => "catch_up",
            Self::RunNow => "run_now",
            Self::Command => "command",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Schedule => "Schedule",
            Self::CatchUp => "Catch-up",
            Self::RunNow => "Run Now",
            Self::Command => "Command line",
        }
    }

    /// The trigger of a stored key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trigger| trigger.key() == key)
    }
}

/// What a finished run of Auto lead assignment did: what moved is counted from the rows it changed, what stayed is the
/// plan's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// Leads moved.
    pub assigned: u64,
    /// Agents who received at least one.
    pub agents: u64,
    /// Left without owner, since nobody had room.
    pub at_cap: u64,
    /// Left with their owner, since no other agent had room.
    pub kept: u64,
    /// Of those kept, the ones whose owner gains no lead anyway: receives none, or came into the run above the cap.
    /// Runs of before this was counted have none, and such leads among [`at_cap`](Self::at_cap).
    #[serde(default)]
    pub closed: u64,
    /// Left because somebody changed them while the run was at work.
    pub skipped: u64,
}

/// What a finished run of Daily lead top-up did: what moved is counted from the rows it changed, what stayed is the
/// plan's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Leads given.
    pub added: u64,
    /// Agents who received at least one.
    pub agents: u64,
    /// Left because nobody had room.
    pub at_cap: u64,
    /// Places the receivers still have, for want of leads.
    pub open: u64,
    /// Left because somebody changed them while the run was at work.
    pub skipped: u64,
}

/// What a finished run of Auto removal did; every number is counted from the rows it changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Leads returned to Unassigned.
    pub removed: u64,
    /// Agents who lost at least one.
    pub agents: u64,
    /// Left because somebody changed them while the run was at work.
    pub skipped: u64,
}

/// What a finished import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Leads taken in.
    pub imported: u64,
    /// Rows left out: a lead with that phone is there already, or comes earlier in the file.
    pub duplicates: u64,
    /// Rows that can't be taken in; lines, of those that a stray quote makes one.
    pub bad: u64,
    /// Of the leads taken in, those whose email is none and was left out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub without_email: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// What a finished run did. Stored as the fields of its job's kind, by whose names it is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Outcome {
    Assigned(Assigned),
    Added(Added),
    Removed(Removed),
    Imported(Imported),
}

impl From<Assigned> for Outcome {
    fn from(outcome: Assigned) -> Self {
        Self::Assigned(outcome)
    }
}

impl Outcome {
    /// What a plan came to when it was put into effect: the leads that moved, the agents who received (or lost)
    /// one, and the leads skipped, instead of those planned. Where top-up found a place for each lead, the places of
    /// those skipped are open too.
    #[must_use]
    pub fn applied(self, moved: u64, agents: u64, skipped: u64) -> Self {
        match self {
            Self::Assigned(plan) => Self::Assigned(Assigned { assigned: moved, agents, skipped, ..plan }),
            Self::Added(plan) => {
                let open = if plan.at_cap == 0 { plan.open + skipped } else { plan.open };
                Self::Added(Added { added: moved, agents, skipped, open, ..plan })
            }
            Self::Removed(_) => Self::Removed(Removed { removed: moved, agents, skipped }),
            Self::Imported(_) => self,
        }
    }

    /// Leads moved or taken in.
    #[must_use]
    pub fn leads(self) -> u64 {
        match self {
            Self::Assigned(outcome) => outcome.assigned,
            Self::Added(outcome) => outcome.added,
            Self::Removed(outcome) => outcome.removed,
            Self::Imported(outcome) => outcome.imported,
        }
    }
}

/// One agent's share of a run; all numbers are leads on the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentShare {
    /// User id.
    pub agent: i64,
    pub before: i64,
    pub given: i64,
    /// Leads taken from the agent, on the queue or off it.
    pub taken: i64,
    pub after: i64,
    pub cap: i64,
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum RunState {
    Queued,
    Running,
    Done {
        outcome: Outcome,
    },
    Failed {
        reason: String,
    },
    /// Nothing served at its time, nor later on that day.
    Missed,
}

/// What a running job is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Reading,
    Planning,
    Moving,
    Adding,
    Counting,
}

impl Phase {
    /// What the bar's label says.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Reading => "Reading leads",
            Self::Planning => "Planning",
            Self::Moving => "Moving leads",
            Self::Adding => "Adding leads",
            Self::Counting => "Counting",
        }
    }
}

/// How far a running job is: `done` of `total` leads in this phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub run: i64,
    /// Whose run it is: not everybody may hear of every job.
    pub job: Job,
    pub phase: Phase,
    pub done: u64,
    pub total: u64,
}

impl Progress {
    /// 0 to 100 over the whole run: reading fills 35, planning 10, moving or adding 50, and counting the last 5.
    #[must_use]
    pub fn percent(&self) -> u64 {
        let (from, to) = match self.phase {
            Phase::Reading => (0, 35),
            Phase::Planning => (35, 45),
            Phase::Moving | Phase::Adding => (45, 95),
            Phase::Counting => (95, 100),
        };
        from + ((to - from) * self.done.min(self.total)).checked_div(self.total).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_skipped_leads_are_open_where_each_lead_had_one() {
        let open = |at_cap, open, skipped| {
            let plan = Outcome::Added(Added { added: 100, agents: 5, at_cap, open, skipped: 0 });
            match plan.applied(100 - skipped, 5, skipped) {
                Outcome::Added(added) => (added.added, added.at_cap, added.open, added.skipped),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(open(0, 5, 2), (98, 0, 7, 2));
        assert_eq!(open(0, 0, 2), (98, 0, 2, 2));
        assert_eq!(open(0, 5, 0), (100, 0, 5, 0));
        assert_eq!(open(9, 0, 2), (98, 9, 0, 2), "whom nobody had room for is told");
    }
}
