//! R4 and R7: how many leads each agent receives.

use super::levels::{Column, spread};
use super::selection::Selection;
use super::team::{Standing, Team};

/// How many leads each agent receives, by position in the team.
///
/// R4 fixes the numbers but for a last few leads, one each to some of the agents level with one
/// another: R7 says to whom.
pub(super) fn share(team: &Team, selection: &Selection) -> Vec<usize> {
    let moving = || team.leads.iter().zip(&selection.moves).filter(|&(_, &moves)| moves);
    let total = moving().count();
    let mut taken = vec![0; team.agents.len()];
    let mut loads: Vec<_> = team.agents.iter().map(Standing::load).collect();
    for (candidate, _) in moving() {
        if let Some(owner) = candidate.owner {
            taken[owner] += 1;
            loads[owner] = loads[owner].saturating_sub(usize::from(candidate.lead.on_queue));
        }
    }
    let column = |at: usize| {
        let standing = &team.agents[at];
        // R2: the leads taken from an agent go to others, so it gets none of those.
        let room = standing.cap().saturating_sub(loads[at]).min(total - taken[at]);
        Column { base: loads[at], room: if standing.above_cap() { 0 } else { room } }
    };
    let columns: Vec<_> = (0..team.agents.len()).map(column).collect();
    let spread = spread(&columns, total);

    let mut given = spread.rises;
    let mut next = spread.next;
    next.sort_unstable_by_key(|&at| {
        let agent = team.agents[at].agent;
        (agent.received, agent.last_given_at, at)
    });
    next.iter().take(spread.spare).for_each(|&at| given[at] += 1);
    given
}

/// The load each agent ends with; `receivers` holds the new owner of each lead that moves.
pub(super) fn final_loads(team: &Team, given: &[usize], receivers: &[Option<usize>]) -> Vec<usize> {
    let mut loads: Vec<_> = team.agents.iter().zip(given).map(|(standing, given)| standing.load() + given).collect();
    for (candidate, receiver) in team.leads.iter().zip(receivers) {
        if let (Some(owner), Some(_)) = (candidate.owner, receiver) {
            loads[owner] = loads[owner].saturating_sub(usize::from(candidate.lead.on_queue));
        }
    }
    loads
}
