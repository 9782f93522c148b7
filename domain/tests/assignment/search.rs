//! The best plan there is, found by trying them all.

use calliyo_domain::assignment::Snapshot;

use super::key::{Key, Receivers, key};

/// The best key of all the plans there are.
pub fn best(snapshot: &Snapshot) -> Key {
    let mut search = Search { snapshot, receivers: vec![None; snapshot.leads.len()], best: None };
    search.run(0, 0);
    search.best.expect("moving nothing keeps R1 and R2")
}

struct Search<'s> {
    snapshot: &'s Snapshot,
    receivers: Receivers,
    best: Option<Key>,
}

impl Search<'_> {
    fn run(&mut self, lead: usize, left: usize) {
        // Only R3 cuts the search short.
        if self.best.as_ref().is_some_and(|best| left > best.left) {
            return;
        }
        if lead == self.receivers.len() {
            return self.weigh();
        }
        for to in 0..self.snapshot.agents.len() {
            let agent = &self.snapshot.agents[to];
            if agent.load <= agent.cap && self.snapshot.leads[lead].owner != Some(agent.id) {
                self.receivers[lead] = Some(to);
                self.run(lead + 1, left);
            }
        }
        self.receivers[lead] = None;
        self.run(lead + 1, left + 1);
    }

    fn weigh(&mut self) {
        let Ok(key) = key(self.snapshot, &self.receivers) else { return };
        if self.best.as_ref().is_none_or(|best| key < *best) {
            self.best = Some(key);
        }
    }
}
