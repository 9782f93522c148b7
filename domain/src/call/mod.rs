//! Calls (PRODUCT.md, "Calls and follow-ups"): what may be logged, and what it does to the lead.

#[cfg(feature = "server")]
mod correct;
mod effect;
#[cfg(feature = "server")]
mod follow_up;
mod formerly;
mod input;
#[cfg(feature = "server")]
mod next_call;
mod undo;

use serde::{Deserialize, Serialize};

#[cfg(feature = "server")]
pub use correct::{Correctable, correct};
pub use effect::{LeadState, effect};
#[cfg(feature = "server")]
pub use follow_up::{default_follow_up, end_of_day, start_of_day};
pub use formerly::{OPEN_AT_MOST, unseen_since, when_opened};
#[cfg(feature = "server")]
pub use input::CallForm;
pub use input::{FIELDS, NewCall, Record};
#[cfg(feature = "server")]
pub use next_call::NextCall;
pub use undo::{UNDO_WITHIN, Undoable, may_undo};

/// How long a lead is left alone after a call that did not reach it, in milliseconds.
pub const RETRY_AFTER: i64 = 60 * 60 * 1000;

/// How a call went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallStatus {
    Called,
    Busy,
    NoAnswer,
    Missed,
    InProgress,
    FollowUp,
    Rescheduled,
}

impl CallStatus {
    /// All of them, in the order in which people choose.
    pub const ALL: [Self; 7] =
        [Self::Called, Self::Busy, Self::NoAnswer, Self::Missed, Self::InProgress, Self::FollowUp, Self::Rescheduled];

    /// How it is stored and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Called => "called",
            Self::Busy => "busy",
            Self::NoAnswer => "no_answer",
            Self::Missed => "missed",
            Self::InProgress => "in_progress",
            Self::FollowUp => "follow_up",
            Self::Rescheduled => "rescheduled",
        }
    }

    /// How people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Called => "Called",
            Self::Busy => "Busy",
            Self::NoAnswer => "No Answer",
            Self::Missed => "Missed",
            Self::InProgress => "In-progress",
            Self::FollowUp => "Follow up",
            Self::Rescheduled => "Rescheduled",
        }
    }

    /// The status stored under `key`.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }

    /// Whether it asks for the date and time of the next call.
    #[must_use]
    pub fn asks_for_a_date(self) -> bool {
        matches!(self, Self::FollowUp | Self::Rescheduled)
    }
}

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The agent called; only these count toward the daily call target.
    Outgoing,
    Incoming,
}

impl Direction {
    /// Both, in the order in which people choose.
    pub const ALL: [Self; 2] = [Self::Outgoing, Self::Incoming];

    /// How it is stored and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Outgoing => "outgoing",
            Self::Incoming => "incoming",
        }
    }

    /// How people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Outgoing => "Outgoing",
            Self::Incoming => "Incoming",
        }
    }

    /// The direction stored under `key`.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.key() == key)
    }
}
