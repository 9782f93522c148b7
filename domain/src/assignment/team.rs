//! The snapshot put in order and counted, so that nothing after depends on the order it was read in.

use super::{Agent, Lead, Snapshot};

/// Agents by id, leads longest on their status first, each lead in its class.
pub(super) struct Team<'a> {
    pub agents: Vec<Standing<'a>>,
    pub leads: Vec<Candidate<'a>>,
    /// Leads whose owner is no receiver, or that have none.
    pub unowned: usize,
}

/// A receiver and what it holds.
pub(super) struct Standing<'a> {
    pub agent: &'a Agent,
    /// Its eligible leads that count toward its load.
    pub on_queue: usize,
    /// Its eligible leads that don't.
    pub off_queue: usize,
}

/// A lead and where its owner and last owner stand in [`Team::agents`].
pub(super) struct Candidate<'a> {
    pub lead: &'a Lead,
    pub owner: Option<usize>,
    pub last_owner: Option<usize>,
}

/// Leads that are alike to the rules on how many: one owner, on the queue or off it.
/// Within a class the longest waiting go first, so a class needs no more than a number.
#[derive(Clone, Copy)]
pub(super) enum Class {
    OnQueue(usize),
    OffQueue(usize),
    Unowned,
}

impl<'a> Team<'a> {
    /// The agents by id and the leads by how long they wait, whatever order they were read in (R7).
    pub fn of(snapshot: &'a Snapshot) -> Self {
        let mut agents: Vec<_> =
            snapshot.agents.iter().map(|agent| Standing { agent, on_queue: 0, off_queue: 0 }).collect();
        agents.sort_unstable_by_key(|standing| standing.agent.id);
        let find = |id| agents.binary_search_by_key(&id, |standing| standing.agent.id).ok();
        let mut leads: Vec<_> = snapshot
            .leads
            .iter()
            .map(|lead| Candidate {
                lead,
                owner: lead.owner.and_then(find),
                last_owner: lead.last_owner.and_then(find),
            })
            .collect();
        leads.sort_unstable_by_key(|candidate| (candidate.lead.status_since, candidate.lead.id));

        let mut team = Self { agents, leads, unowned: 0 };
        team.count();
        team
    }

    fn count(&mut self) {
        for candidate in &self.leads {
            match candidate.class() {
                Class::OnQueue(owner) => self.agents[owner].on_queue += 1,
                Class::OffQueue(owner) => self.agents[owner].off_queue += 1,
                Class::Unowned => self.unowned += 1,
            }
        }
    }

    /// How many values [`Class::index`] takes.
    pub fn classes(&self) -> usize {
        2 * self.agents.len() + 1
    }
}

impl Standing<'_> {
    /// The lead cap.
    pub fn cap(&self) -> usize {
        self.agent.cap as usize
    }

    /// Leads on the queue.
    pub fn load(&self) -> usize {
        self.agent.load as usize
    }

    /// Above the cap already: gains nothing, whatever is taken from it (R1).
    pub fn above_cap(&self) -> bool {
        self.agent.load > self.agent.cap
    }

    /// What the cap leaves beside the load.
    pub fn room(&self) -> usize {
        self.cap().saturating_sub(self.load())
    }
}

impl Candidate<'_> {
    /// Where it is taken from.
    pub fn class(&self) -> Class {
        match self.owner {
            Some(owner) if self.lead.on_queue => Class::OnQueue(owner),
            Some(owner) => Class::OffQueue(owner),
            None => Class::Unowned,
        }
    }
}

impl Class {
    /// A number of its own, from 0 on.
    pub fn index(self) -> usize {
        match self {
            Self::Unowned => 0,
            Self::OnQueue(owner) => 2 * owner + 1,
            Self::OffQueue(owner) => 2 * owner + 2,
        }
    }
}
