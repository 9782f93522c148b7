//! The jobs, and what is known of one run.

use serde::{Deserialize, Serialize};

/// A job that moves leads. Jobs due together run in this order (PRODUCT.md, "When they run").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    AutoRemoval,
    AutoAssignment,
    TopUp,
}

impl Job {
    /// All of them, in the order they run when due together.
    pub const ALL: [Self; 3] = [Self::AutoRemoval, Self::AutoAssignment, Self::TopUp];

    /// How it is stored and addressed.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AutoRemoval => "auto_removal",
            Self::AutoAssignment => "auto_assignment",
            Self::TopUp => "top_up",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::AutoRemoval => "Auto removal",
            Self::AutoAssignment => "Auto lead assignment",
            Self::TopUp => "Daily lead top-up",
        }
    }

    /// The job of a stored key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|job| job.key() == key)
    }
}

/// What a finished run of Auto lead assignment did; every number is counted from the rows it changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// Leads moved.
    pub assigned: u64,
    /// Agents who received at least one.
    pub agents: u64,
    /// Left because nobody had room.
    pub at_cap: u64,
    /// Left because only their owner could hold them.
    pub kept: u64,
    /// Left because somebody changed them while the run was at work.
    pub skipped: u64,
}

/// What a finished run of Daily lead top-up did; every number is counted from the rows it changed.
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
    Done { outcome: Assigned },
    Failed { reason: String },
}

/// What a running job is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Reading,
    Planning,
    Moving,
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
            Self::Counting => "Counting",
        }
    }
}

/// How far a running job is: `done` of `total` leads in this phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub run: i64,
    pub phase: Phase,
    pub done: u64,
    pub total: u64,
}

impl Progress {
    /// 0 to 100 over the whole run: reading fills the first third, moving the rest.
    #[must_use]
    pub fn percent(&self) -> u64 {
        let (from, to) = match self.phase {
            Phase::Reading => (0, 35),
            Phase::Planning => (35, 45),
            Phase::Moving => (45, 95),
            Phase::Counting => (95, 100),
        };
        from + ((to - from) * self.done.min(self.total)).checked_div(self.total).unwrap_or(0)
    }
}
