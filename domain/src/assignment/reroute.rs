//! The search of the transportation problem: making a place by moving other leads on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::kind::Kind;
use super::transport::Transport;

/// The cheapest ways found so far, all from one kind of lead.
struct Ways {
    cost: Vec<i32>,
    /// By place: the kind that comes in, and the place it leaves (`None`: it is the lead to be placed).
    via: Vec<(usize, Option<usize>)>,
    /// Cheapest first, free places before full ones.
    queue: BinaryHeap<Reverse<(i32, bool, usize)>>,
}

impl Transport<'_> {
    /// Places up to `number` leads of a kind along the cheapest way there is, and says how many.
    pub(super) fn reroute(&mut self, kind: usize, number: usize) -> usize {
        let (ways, end) = self.search(kind);
        self.raise_prices(&ways, end);
        let steps = ways.steps_to(end);
        let placed = steps
            .iter()
            .filter_map(|&(_, moved, from)| from.map(|from| self.held[from][&moved]))
            .chain([number, self.free[end]])
            .fold(usize::MAX, usize::min);
        for (to, moved, from) in steps {
            *self.held[to].entry(moved).or_default() += placed;
            if let Some(from) = from {
                self.take(moved, from, placed);
            }
        }
        self.free[end] -= placed;
        self.settle(kind, placed);
        placed
    }

    fn take(&mut self, kind: usize, from: usize, number: usize) {
        let left = self.held[from][&kind] - number;
        if left == 0 {
            self.held[from].remove(&kind);
        } else {
            self.held[from].insert(kind, left);
        }
    }

    /// Dijkstra's search to the cheapest free place. The prices keep every step's cost from being
    /// negative, although a lead may move from a place that costs to one that doesn't, and save going
    /// once more where an earlier search found no way.
    fn search(&self, kind: usize) -> (Ways, usize) {
        let mut ways = Ways::none(self.places.len());
        for place in 0..self.places.len() {
            self.offer(&mut ways, kind, None, place);
        }
        while let Some(Reverse((cost, _, place))) = ways.queue.pop() {
            if cost == ways.cost[place] {
                if self.free[place] > 0 {
                    return (ways, place);
                }
                self.extend(&mut ways, place);
            }
        }
        unreachable!("there is a place for every lead")
    }

    fn raise_prices(&mut self, ways: &Ways, end: usize) {
        for (price, &cost) in self.price.iter_mut().zip(&ways.cost) {
            *price += (ways.cost[end] - cost).max(0);
        }
    }

    /// Tries each way on from a place. One lead serves for nearly all agents: one that is here at a
    /// cost, or any if none is. Only the agents it shunned itself are worth trying the others for.
    fn extend(&self, ways: &mut Ways, from: usize) {
        let here = self.places.at(from);
        let leads = || self.held[from].keys().copied().filter(|&kind| self.kinds[kind].0 != Kind::Filler);
        let costly = leads().find(|&kind| self.kinds[kind].0.cost(here) == Some(1));
        if let Some(lead) = costly.or_else(|| leads().next()) {
            for agent in 0..self.places.agents {
                self.offer(ways, lead, Some(from), agent);
            }
            for agent in self.kinds[lead].0.shuns().filter(|&agent| agent != from) {
                leads().for_each(|other| self.offer(ways, other, Some(from), agent));
            }
        }
        if self.places.ties > 0 {
            self.extend_to_stays(ways, from);
        }
    }

    /// Fillers never make way: they come last, and each may take any spare place itself.
    fn extend_to_stays(&self, ways: &mut Ways, from: usize) {
        for &kind in self.held[from].keys() {
            if let Some(tie) = self.kinds[kind].0.tie() {
                self.offer(ways, kind, Some(from), self.places.certain(tie));
                self.offer(ways, kind, Some(from), self.places.spare(tie));
            }
        }
    }

    fn offer(&self, ways: &mut Ways, kind: usize, from: Option<usize>, to: usize) {
        let cost_at = |place| self.kinds[kind].0.cost(self.places.at(place)).map(|cost| cost + self.price[place]);
        let Some(gain) = cost_at(to) else { return };
        let cost = match from {
            None => gain,
            Some(from) => ways.cost[from] + gain - cost_at(from).unwrap_or_default(),
        };
        if cost < ways.cost[to] {
            ways.cost[to] = cost;
            ways.via[to] = (kind, from);
            ways.queue.push(Reverse((cost, self.free[to] == 0, to)));
        }
    }
}

impl Ways {
    fn none(places: usize) -> Self {
        Self { cost: vec![i32::MAX; places], via: vec![(0, None); places], queue: BinaryHeap::new() }
    }

    /// The steps to a place, the last first: where to, which kind, where from.
    fn steps_to(&self, end: usize) -> Vec<(usize, usize, Option<usize>)> {
        let mut steps = Vec::new();
        let mut to = Some(end);
        while let Some(place) = to {
            let (kind, from) = self.via[place];
            steps.push((place, kind, from));
            to = from;
        }
        steps
    }
}
