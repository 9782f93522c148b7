//! What the planner answers: who gets which lead, and why the others stay.

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::Snapshot;
use crate::job::Assigned;

/// A run's decision. Every lead of the snapshot is in exactly one list; both are sorted by lead id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The leads that change hands.
    pub moves: Vec<Move>,
    /// The leads that stay as they are.
    pub left: Vec<Left>,
}

impl Plan {
    /// What a run with this plan of `snapshot` would report. Whom a lead belongs to says how one that stays counts, not
    /// its [`Reason`]: without owner it is unassigned, with one it is kept (PRODUCT.md, "The three jobs").
    #[must_use]
    pub fn counts(&self, snapshot: &Snapshot) -> Assigned {
        let open: HashSet<i64> =
            snapshot.agents.iter().filter(|agent| agent.load <= agent.cap).map(|agent| agent.id).collect();
        let mut counts =
            Assigned { assigned: self.moves.len() as u64, agents: self.receivers(), ..Assigned::default() };
        for lead in snapshot.leads.iter().filter(|lead| self.leaves(lead.id)) {
            let Some(owner) = lead.owner else {
                counts.at_cap += 1;
                continue;
            };
            counts.kept += 1;
            counts.closed += u64::from(!open.contains(&owner));
        }
        counts
    }

    fn leaves(&self, lead: i64) -> bool {
        self.left.binary_search_by_key(&lead, |left| left.lead).is_ok()
    }

    /// How many agents receive at least one lead.
    #[must_use]
    pub fn receivers(&self) -> u64 {
        self.moves.iter().map(|moved| moved.to).collect::<BTreeSet<_>>().len() as u64
    }
}

/// A lead and its new owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The lead's id.
    pub lead: i64,
    /// The id of the agent who receives it.
    pub to: i64,
}

/// A lead that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The lead's id.
    pub lead: i64,
    /// Why it stays.
    pub reason: Reason,
}

/// Why a lead stays.
///
/// R3 leaves no lead behind while somebody other than its owner has room, so the reasons differ
/// only in the owner: is there a place for the lead with the agent who has it already?
/// How the leads that stay are told to people is another question: see [`Plan::counts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nobody has room for it: it has no owner, its owner isn't a receiver or came into the run
    /// above the cap, or it is off the queue and its owner ends the run at the cap.
    AtCap,
    /// Its owner is a receiver, wasn't above the cap, and has a place for it at the end of the run
    /// (a lead on the queue holds its own place); no other agent has one.
    NoOtherAgent,
}
