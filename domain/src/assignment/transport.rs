//! R6 as a transportation problem: every lead into a place, every place filled, at the least cost.
//!
//! Kinds are placed one after another, each as cheaply as those placed before allow (successive
//! shortest paths), so that the cost is least at every step. A place that is still free and costs
//! nothing is as cheap as can be and takes no search; [`Transport::reroute`] is for the rest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::kind::{Kind, Places};

pub(super) struct Transport<'k> {
    pub(super) places: Places,
    pub(super) kinds: &'k [(Kind, usize)],
    /// By place: how many leads it can still take.
    pub(super) free: Vec<usize>,
    /// By place: how many leads of which kind it holds.
    pub(super) held: Vec<BTreeMap<usize, usize>>,
    /// By place: its price in the dual problem, 0 while it is free.
    pub(super) price: Vec<i32>,
    /// By tie: how many more of its leads may be moved without a search.
    movable: Vec<usize>,
    /// By agent: leads still to be placed that shun it.
    shunned: Vec<usize>,
    /// Agents, the most urgent first. An entry may be out of date: urgency only falls.
    urgent: BinaryHeap<(usize, Reverse<usize>)>,
}

impl<'k> Transport<'k> {
    /// Places all leads. `kinds` says how many there are of each, `free` how many each place holds;
    /// the sums are the same, and a way to place them exists. `movable` says how many of each tie move
    /// if they can choose.
    pub fn solve(
        places: Places,
        kinds: &'k [(Kind, usize)],
        free: Vec<usize>,
        movable: Vec<usize>,
    ) -> Vec<BTreeMap<usize, usize>> {
        let mut shunned = vec![0; places.agents];
        for &(kind, number) in kinds.iter().filter(|(kind, _)| kind.tie().is_none()) {
            kind.shuns().for_each(|agent| shunned[agent] += number);
        }
        let held = vec![BTreeMap::new(); places.len()];
        let price = vec![0; places.len()];
        let mut transport = Self { places, kinds, free, held, price, movable, shunned, urgent: BinaryHeap::new() };
        transport.urgent = (0..places.agents).map(|agent| (transport.urgency(agent), Reverse(agent))).collect();
        for kind in transport.order() {
            transport.place(kind, kinds[kind].1);
        }
        transport.held
    }

    /// The order to place kinds in. Any will do; this one needs few searches: leads that must move
    /// before those that may stay, the hardest to place first, but of a tie the easiest; fillers last.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<_> = (0..self.kinds.len()).collect();
        order.sort_by_cached_key(|&at| {
            let kind = self.kinds[at].0;
            let hardness = kind.shuns().map(|agent| self.urgency(agent)).max().unwrap_or_default();
            let hardest_first = if kind.tie().is_none() { usize::MAX - hardness } else { hardness };
            (kind == Kind::Filler, kind.tie(), hardest_first)
        });
        order
    }

    fn place(&mut self, kind: usize, mut number: usize) {
        while number > 0 {
            let placed = self.place_freely(kind, number);
            number -= if placed > 0 { placed } else { self.reroute(kind, number) };
        }
    }

    /// Puts leads where there is room and they cost nothing, and says how many.
    fn place_freely(&mut self, kind: usize, number: usize) -> usize {
        if let Some((agent, chunk)) = self.most_urgent(self.kinds[kind].0) {
            let mut placed = number.min(chunk);
            if let Some(tie) = self.kinds[kind].0.tie() {
                placed = placed.min(self.movable[tie]);
                self.movable[tie] -= placed;
            }
            self.put(kind, agent, placed);
            self.urgent.push((self.urgency(agent), Reverse(agent)));
            return placed;
        }
        let Some(stay) = self.free_stay(self.kinds[kind].0) else { return 0 };
        let placed = number.min(self.free[stay]);
        self.put(kind, stay, placed);
        placed
    }

    fn free_stay(&self, kind: Kind) -> Option<usize> {
        let is_free = |&place: &usize| self.free[place] > 0;
        match kind {
            Kind::Lead { tie, .. } => {
                let tie = tie?;
                [self.places.certain(tie), self.places.spare(tie)].into_iter().find(is_free)
            }
            Kind::Filler => self.places.spares().find(is_free),
        }
    }

    fn put(&mut self, kind: usize, place: usize, number: usize) {
        *self.held[place].entry(kind).or_default() += number;
        self.free[place] -= number;
        self.settle(kind, number);
    }

    /// Counts leads as placed.
    pub(super) fn settle(&mut self, kind: usize, number: usize) {
        let kind = self.kinds[kind].0;
        if kind.tie().is_none() {
            kind.shuns().for_each(|agent| self.shunned[agent] -= number);
        }
    }

    /// An agent's places and the leads that shun it: once they come to as many as there are leads
    /// left, each further lead must be of the one or go to the other, so the largest sum goes first.
    fn urgency(&self, agent: usize) -> usize {
        self.free[agent] + self.shunned[agent]
    }

    /// Takes out of the queue the most urgent free agent that a lead costs nothing at, and says how
    /// many leads it stays the most urgent for.
    fn most_urgent(&mut self, kind: Kind) -> Option<(usize, usize)> {
        if kind == Kind::Filler || kind.tie().is_some_and(|tie| self.movable[tie] == 0) {
            return None;
        }
        let mut passed_over = Vec::new();
        let mut found = None;
        while let Some((urgency, Reverse(agent))) = self.urgent.pop() {
            let now = self.urgency(agent);
            if self.free[agent] == 0 {
                continue;
            }
            if now < urgency {
                self.urgent.push((now, Reverse(agent)));
            } else if kind.shuns().any(|other| other == agent) {
                passed_over.push((urgency, Reverse(agent)));
            } else {
                let next = self.urgent.peek().map_or(0, |&(next, _)| next.min(urgency));
                found = Some((agent, (urgency - next + 1).min(self.free[agent])));
                break;
            }
        }
        self.urgent.extend(passed_over);
        found
    }
}
