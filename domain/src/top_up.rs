//! Daily lead top-up: which Unassigned lead goes to whom (PRODUCT.md, "The three jobs").
//!
//! It is the plan of Auto lead assignment for leads that nobody owns. R1 and R4 to R7 are the same rules; "until
//! no room or no leads are left" is what R3 comes to where no lead is taken from anybody; R2 has no owner to
//! speak of; and a lead that stays has one possible reason, [`Reason::AtCap`](crate::assignment::Reason::AtCap).

use crate::{
    assignment::{self, Plan, Snapshot},
    job::Added,
};

/// Plans a run. Leads that have an owner aren't eligible: they stay, and are in neither list of the plan.
///
/// Ids are taken to be unique: see [`Snapshot::check`].
#[must_use]
pub fn plan(snapshot: &Snapshot) -> Plan {
    let mut unassigned = snapshot.clone();
    unassigned.leads.retain(|lead| lead.owner.is_none());
    assignment::plan(&unassigned)
}

/// What a run with this plan would report.
#[must_use]
pub fn counts(snapshot: &Snapshot, plan: &Plan) -> Added {
    Added {
        added: plan.moves.len() as u64,
        agents: plan.receivers(),
        at_cap: plan.left.len() as u64,
        open: open_places(snapshot, plan),
        skipped: 0,
    }
}

/// The places that a plan leaves open: the receivers' room beyond the leads given. While there are any, no lead
/// was left.
#[must_use]
pub fn open_places(snapshot: &Snapshot, plan: &Plan) -> u64 {
    let room: u64 = snapshot.agents.iter().map(|agent| u64::from(agent.cap.saturating_sub(agent.load))).sum();
    room.saturating_sub(plan.moves.len() as u64)
}
