//! Auto removal: which stale leads return to Unassigned (PRODUCT.md, "The three jobs").

use std::{collections::BTreeSet, ops::RangeInclusive};

use serde::{Deserialize, Serialize};

use crate::{
    assignment::{self, unique},
    job::Removed,
};

/// "After days" (PRODUCT.md, "The Configurations tab").
pub const DAYS: RangeInclusive<u32> = 1..=365;

/// A day of the rule is 24 hours, whatever the clocks do ("at least N × 24 hours").
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The leads on the selected statuses, read in one transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Unix milliseconds.
    pub now: i64,
    /// How many days a lead must have been on its status.
    pub days: u32,
    pub leads: Vec<Lead>,
}

/// A lead on one of the selected statuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    pub id: i64,
    #[serde(default)]
    pub owner: Option<i64>,
    /// When it took its status, in unix milliseconds.
    pub status_since: i64,
}

/// A run's decision. Every lead of the snapshot is in exactly one list; both are sorted by lead id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The leads that become Unassigned.
    pub moves: Vec<Move>,
    /// The leads that stay as they are.
    pub left: Vec<Left>,
}

/// A lead and the agent who loses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub lead: i64,
    pub from: i64,
}

/// A lead that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    pub lead: i64,
    pub reason: Reason,
}

/// Why a lead stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There is nobody to take it from, however long it waits.
    NoOwner,
    /// It hasn't been on its status for long enough.
    TooRecent,
}

/// Plans a run, the same whatever the order of the leads.
#[must_use]
pub fn plan(snapshot: &Snapshot) -> Plan {
    let longest_wait = i64::from(snapshot.days) * DAY;
    let mut plan = Plan::default();
    for &Lead { id: lead, owner, status_since } in &snapshot.leads {
        match owner {
            None => plan.left.push(Left { lead, reason: Reason::NoOwner }),
            Some(from) if snapshot.now.saturating_sub(status_since) >= longest_wait => {
                plan.moves.push(Move { lead, from });
            }
            Some(_) => plan.left.push(Left { lead, reason: Reason::TooRecent }),
        }
    }
    plan.moves.sort_unstable_by_key(|moved| moved.lead);
    plan.left.sort_unstable_by_key(|left| left.lead);
    plan
}

impl Plan {
    /// What a run with this plan would report.
    #[must_use]
    pub fn counts(&self) -> Removed {
        let agents = self.moves.iter().map(|moved| moved.from).collect::<BTreeSet<_>>().len() as u64;
        Removed { removed: self.moves.len() as u64, agents, skipped: 0 }
    }
}

impl Snapshot {
    /// Of the leads that a snapshot of the jobs holds.
    #[must_use]
    pub fn of(leads: &[assignment::Lead], days: u32, now: i64) -> Self {
        let lead = |lead: &assignment::Lead| Lead { id: lead.id, owner: lead.owner, status_since: lead.status_since };
        Self { now, days, leads: leads.iter().map(lead).collect() }
    }

    /// Checks what [`plan`] takes for granted, for snapshots written by hand.
    ///
    /// # Errors
    /// A sentence that names the offending field, as in `leads[4].id: 7 is already leads[1].id`.
    pub fn check(&self) -> Result<(), String> {
        if !DAYS.contains(&self.days) {
            return Err(format!("days: {} is not from {} to {}", self.days, DAYS.start(), DAYS.end()));
        }
        unique("leads", self.leads.iter().map(|lead| lead.id))
    }
}
