//! What a run does to each agent's queue.

use std::collections::BTreeMap;

use crate::job::AgentShare;

/// An agent before a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// User id.
    pub agent: i64,
    /// Leads on the queue.
    pub load: i64,
    pub cap: i64,
}

/// A lead on its way from one agent to another, from nobody, or to nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    pub from: Option<i64>,
    /// The lead is on the queue of whoever receives it.
    pub to: Option<i64>,
    /// Whether the lead was on the queue before.
    pub on_queue: bool,
}

/// The shares of those `agents` that gain or lose a lead, in the order of their ids.
#[must_use]
pub fn shares(agents: &[Standing], passages: impl IntoIterator<Item = Passage>) -> Vec<AgentShare> {
    let start = |&Standing { agent, load, cap }: &Standing| {
        (agent, AgentShare { agent, before: load, given: 0, taken: 0, after: load, cap })
    };
    let mut shares: BTreeMap<i64, AgentShare> = agents.iter().map(start).collect();
    for Passage { from, to, on_queue } in passages {
        if let Some(share) = to.and_then(|to| shares.get_mut(&to)) {
            share.given += 1;
            share.after += 1;
        }
        if let Some(share) = from.and_then(|from| shares.get_mut(&from)) {
            share.taken += 1;
            share.after -= i64::from(on_queue);
        }
    }
    shares.into_values().filter(|share| share.given > 0 || share.taken > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gain_and_loss_is_counted() {
        let standing = |agent| Standing { agent, load: 3, cap: 5 };
        let passage = |from, to, on_queue| Passage { from, to, on_queue };
        let passages = [
            passage(Some(2), Some(1), true),
            passage(Some(2), None, false),
            passage(None, Some(1), false),
            passage(Some(9), Some(1), true),
        ];
        let share = |agent, given, taken, after| AgentShare { agent, before: 3, given, taken, after, cap: 5 };
        let found = shares(&[standing(2), standing(1), standing(3)], passages);
        assert_eq!(found, [share(1, 3, 0, 6), share(2, 0, 2, 2)]);
    }
}
