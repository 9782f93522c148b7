//! R6: who gets which lead, given how many each agent receives.

use super::kind::{Kind, Places};
use super::selection::{Selection, Tie};
use super::team::Team;
use super::transport::Transport;

/// A lead and its receiver, by position in the team.
pub(super) type Pair = (usize, usize);

/// Pairs leads with agents so that as few as possible return to their last owner; `given` says how
/// many each agent receives. Where that saves returns, leads of a tie go in each other's stead.
pub(super) fn pair(team: &Team, selection: &Selection, given: &[usize]) -> Vec<Pair> {
    let moving = |&lead: &usize| selection.moves[lead];
    let as_selected = (0..team.leads.len()).filter(moving).map(|lead| (lead, None)).collect();
    let pairs = deal(team, as_selected, &[], given);
    if selection.ties.is_empty() || returns(team, &pairs) == 0 {
        return pairs;
    }
    let exchanged = deal(team, with_ties(selection), &selection.ties, given);
    if returns(team, &exchanged) < returns(team, &pairs) { exchanged } else { pairs }
}

fn returns(team: &Team, pairs: &[Pair]) -> usize {
    pairs.iter().filter(|&&(lead, agent)| team.leads[lead].last_owner == Some(agent)).count()
}

/// The leads that move or may, with the ties they are in.
fn with_ties(selection: &Selection) -> Vec<(usize, Option<usize>)> {
    let mut tie_of = vec![None; selection.moves.len()];
    for (tie, group) in selection.ties.iter().enumerate() {
        group.leads.iter().for_each(|&lead| tie_of[lead] = Some(tie));
    }
    let may_move = |&lead: &usize| selection.moves[lead] || tie_of[lead].is_some();
    (0..tie_of.len()).filter(may_move).map(|lead| (lead, tie_of[lead])).collect()
}

/// Deals leads, each with its tie, to the agents; those of ties may also stay.
fn deal(team: &Team, leads: Vec<(usize, Option<usize>)>, ties: &[Tie], given: &[usize]) -> Vec<Pair> {
    let mut leads: Vec<(Kind, usize)> =
        leads.into_iter().map(|(lead, tie)| (kind(team, lead, tie, given), lead)).collect();
    leads.sort_unstable();
    let hands: Vec<&[(Kind, usize)]> = leads.chunk_by(|left, right| left.0 == right.0).collect();

    let places = Places { agents: given.len(), ties: ties.len() };
    let mut kinds: Vec<_> = hands.iter().map(|hand| (hand[0].0, hand.len())).collect();
    kinds.push((Kind::Filler, ties.iter().map(|tie| tie.moved - tie.least).sum()));
    let certain = ties.iter().map(|tie| tie.leads.len() - tie.most);
    let spare = ties.iter().map(|tie| tie.most - tie.least);
    let free = given.iter().copied().chain(certain).chain(spare).collect();

    let movable = ties.iter().map(|tie| tie.moved).collect();

    let mut shares: Vec<(usize, usize, usize)> = Vec::new();
    for (agent, held) in Transport::solve(places, &kinds, free, movable).iter().take(places.agents).enumerate() {
        shares.extend(held.iter().map(|(&kind, &number)| (kind, agent, number)));
    }
    shares.sort_unstable();
    let of_one_kind = shares.chunk_by(|left, right| left.0 == right.0);
    of_one_kind.flat_map(|shares| deal_out(hands[shares[0].0], shares)).collect()
}

/// A lead's kind. Agents who receive nothing make no difference.
fn kind(team: &Team, lead: usize, tie: Option<usize>, given: &[usize]) -> Kind {
    let receives = |&agent: &usize| given[agent] > 0;
    let candidate = &team.leads[lead];
    let owner = candidate.owner.filter(receives);
    let last_owner = candidate.last_owner.filter(receives).filter(|_| candidate.last_owner != candidate.owner);
    Kind::Lead { tie, owner, last_owner }
}

/// Deals leads of one kind round the agents, the longest waiting first. Those left over stay.
fn deal_out(hand: &[(Kind, usize)], shares: &[(usize, usize, usize)]) -> Vec<Pair> {
    let mut open: Vec<_> = shares.iter().map(|&(_, agent, number)| (agent, number)).collect();
    let mut leads = hand.iter().map(|&(_, lead)| lead);
    let mut pairs = Vec::new();
    while !open.is_empty() {
        pairs.extend(open.iter().zip(leads.by_ref()).map(|(&(agent, _), lead)| (lead, agent)));
        for (_, number) in &mut open {
            *number -= 1;
        }
        open.retain(|&(_, number)| number > 0);
    }
    pairs
}
