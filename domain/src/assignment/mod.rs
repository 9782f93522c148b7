//! Auto lead assignment: which lead goes to whom (PRODUCT.md, "The three jobs", R1 to R7).
//!
//! The rules are applied one after another, and each finds the optimum among all the plans that the
//! rules before it leave:
//!
//! | step        | decides                                                | rules  |
//! |-------------|--------------------------------------------------------|--------|
//! | `quotas`    | how many leads of each owner move                      | R1–R4  |
//! | `selection` | which leads these are                                  | R5     |
//! | `sharing`   | how many each agent receives                           | R4, R7 |
//! | `pairing`   | who receives which, by way of `transport` and `reroute` | R2, R6 |
//!
//! `team` puts the snapshot in order first, and `levels` is the evenness that R4 asks for.

mod kind;
mod levels;
mod outcome;
mod pairing;
mod quotas;
mod reroute;
mod selection;
mod sharing;
mod snapshot;
mod team;
mod transport;

pub use outcome::{Left, Move, Plan, Reason};
pub(crate) use snapshot::unique;
pub use snapshot::{Agent, Lead, Snapshot};

use pairing::Pair;
use team::{Candidate, Team};

/// Plans a run: the best plan by R1 to R7, the same whatever the order of the snapshot's lists.
///
/// Ids are taken to be unique and loads to cover the leads on the queue: see [`Snapshot::check`].
#[must_use]
pub fn plan(snapshot: &Snapshot) -> Plan {
    let team = Team::of(snapshot);
    let quotas = quotas::quotas(&team);
    let selection = selection::select(&team, &quotas);
    let given = sharing::share(&team, &selection);
    let pairs = pairing::pair(&team, &selection, &given);
    write_down(&team, &given, &pairs)
}

fn write_down(team: &Team, given: &[usize], pairs: &[Pair]) -> Plan {
    let mut receivers = vec![None; team.leads.len()];
    for &(lead, agent) in pairs {
        receivers[lead] = Some(agent);
    }
    let loads = sharing::final_loads(team, given, &receivers);

    let mut plan = Plan::default();
    for (candidate, receiver) in team.leads.iter().zip(receivers) {
        let lead = candidate.lead.id;
        match receiver {
            Some(agent) => plan.moves.push(Move { lead, to: team.agents[agent].agent.id }),
            None => plan.left.push(Left { lead, reason: reason(team, candidate, &loads) }),
        }
    }
    plan.moves.sort_unstable_by_key(|moved| moved.lead);
    plan.left.sort_unstable_by_key(|left| left.lead);
    plan
}

/// Why a lead stays, given the loads that the run ends with.
fn reason(team: &Team, candidate: &Candidate, loads: &[usize]) -> Reason {
    let has_place = |owner: usize| {
        let standing = &team.agents[owner];
        let without_it = loads[owner].saturating_sub(usize::from(candidate.lead.on_queue));
        !standing.above_cap() && without_it < standing.cap()
    };
    if candidate.owner.is_some_and(has_place) { Reason::NoOtherAgent } else { Reason::AtCap }
}
