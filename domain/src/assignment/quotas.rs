//! R1 to R4: how many leads of each class can move.
//!
//! Taking a lead on the queue from an agent who isn't above the cap frees the place that the lead
//! needs elsewhere. Every other move uses a place up: at most as many are possible as there is room.
//!
//! A pairing that never gives an agent its own lead exists exactly when for each agent the leads
//! taken from it and the leads given to it are no more than all the leads moved. As the leads moved
//! are those given, no more can be taken from an agent than the others have places for.

use std::iter;

use super::levels::{Column, spread};
use super::team::{Class, Standing, Team};

/// How many leads of one class move: at least `least`, at most `most`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quota {
    pub least: usize,
    pub most: usize,
}

/// What R1 to R4 decide: every choice within them places as many leads, and as evenly, as can be.
pub(super) struct Quotas {
    /// By [`Class::index`].
    pub by_class: Vec<Quota>,
    /// How many leads move in all.
    pub total: usize,
}

/// The quotas for a team.
pub(super) fn quotas(team: &Team) -> Quotas {
    let room = team.agents.iter().map(Standing::room).sum();
    let mut by_class = limits(team, room);
    let swaps: usize = within_cap(team).map(|at| by_class[Class::OnQueue(at).index()].most).sum();
    let needing_room = by_class.iter().map(|quota| quota.most).sum::<usize>() - swaps;
    if needing_room > room {
        ration(team, room, &mut by_class);
    }
    Quotas { by_class, total: swaps + needing_room.min(room) }
}

/// The most of each class that R2 lets move, were there room for all.
fn limits(team: &Team, room: usize) -> Vec<Quota> {
    let queued: usize = within_cap(team).map(|at| team.agents[at].on_queue).sum();
    let mut by_class = vec![Quota::default(); team.classes()];
    by_class[Class::Unowned.index()] = Quota::exactly(team.unowned);
    for (at, standing) in team.agents.iter().enumerate() {
        let (mut on_queue, mut off_queue) = (standing.on_queue, standing.off_queue);
        if !standing.above_cap() {
            let places_elsewhere = (room - standing.room()) + (queued - standing.on_queue);
            // Those on the queue first: they free a place, and R4 wants their owner's load lower.
            on_queue = on_queue.min(places_elsewhere);
            off_queue = off_queue.min(places_elsewhere - on_queue);
        }
        by_class[Class::OnQueue(at).index()] = Quota::exactly(on_queue);
        by_class[Class::OffQueue(at).index()] = Quota::exactly(off_queue);
    }
    by_class
}

/// Shares `room` out among more leads than it holds. Whoever may receive ends at the cap then, so
/// R4 is left to the loads above the cap: leads on the queue there go before any others, and R5
/// decides among the others.
fn ration(team: &Team, room: usize, by_class: &mut [Quota]) {
    let above: Vec<_> = (0..team.agents.len()).filter(|&at| team.agents[at].above_cap()).collect();
    let queued: usize = above.iter().map(|&at| team.agents[at].on_queue).sum();

    let off_queue = (0..team.agents.len()).map(Class::OffQueue);
    for class in off_queue.chain(iter::once(Class::Unowned)) {
        let quota = &mut by_class[class.index()];
        quota.least = 0;
        quota.most = if queued < room { quota.most } else { 0 };
    }
    if queued >= room {
        lower_highest(team, &above, room, by_class);
    }
}

/// Takes `total` leads from the agents above the cap, always from the highest load: water poured
/// into the loads turned upside down.
fn lower_highest(team: &Team, above: &[usize], total: usize, by_class: &mut [Quota]) {
    let highest = team.agents.iter().map(Standing::load).max().unwrap_or_default();
    let columns: Vec<_> = above
        .iter()
        .map(|&at| &team.agents[at])
        .map(|standing| Column { base: highest - standing.load(), room: standing.on_queue })
        .collect();
    let spread = spread(&columns, total);
    for (&at, taken) in above.iter().zip(spread.rises) {
        by_class[Class::OnQueue(at).index()] = Quota::exactly(taken);
    }
    if spread.spare > 0 {
        for column in spread.next {
            by_class[Class::OnQueue(above[column]).index()].most += 1;
        }
    }
}

fn within_cap(team: &Team) -> impl Iterator<Item = usize> {
    (0..team.agents.len()).filter(|&at| !team.agents[at].above_cap())
}

impl Quota {
    fn exactly(number: usize) -> Self {
        Self { least: number, most: number }
    }
}
