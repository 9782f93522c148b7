use calliyo_domain::{
    assignment::Plan,
    job::{AgentShare, Job},
    removal,
    shares::{Passage, Standing, shares},
    status,
};

use super::snapshot::Snapshot;

/// What a run is to do to the leads of a snapshot.
#[derive(Clone, Debug)]
pub struct Moves {
    pub job: Job,
    /// The status that each moved lead takes.
    pub to_status: i64,
    /// By lead id.
    pub steps: Vec<Step>,
    /// The agents whose shares are told.
    pub agents: Vec<Standing>,
}

/// One lead's move, with the state it was planned on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub lead: i64,
    /// Nobody: the lead is unassigned.
    pub to: Option<i64>,
    pub version: i64,
    pub from_owner: Option<i64>,
    pub from_status: i64,
    pub on_queue: bool,
}

impl Moves {
    /// The moves of a plan that gives leads to agents.
    #[must_use]
    pub fn giving(job: Job, snapshot: &Snapshot, plan: &Plan) -> Self {
        let moves = plan.moves.iter().map(|step| (step.lead, Some(step.to)));
        Self::of(job, status::ASSIGNED, snapshot, moves)
    }

    /// The moves of a plan that takes leads from agents.
    #[must_use]
    pub fn taking(job: Job, snapshot: &Snapshot, plan: &removal::Plan) -> Self {
        Self::of(job, status::UNASSIGNED, snapshot, plan.moves.iter().map(|step| (step.lead, None)))
    }

    /// Plans and snapshots are both in the order of the leads' ids.
    fn of(job: Job, to_status: i64, snapshot: &Snapshot, moves: impl Iterator<Item = (i64, Option<i64>)>) -> Self {
        let mut moves = moves.peekable();
        let mut steps = Vec::with_capacity(moves.size_hint().0);
        for (lead, mark) in snapshot.plan.leads.iter().zip(&snapshot.marks) {
            if let Some((_, to)) = moves.next_if(|(moved, _)| *moved == lead.id) {
                steps.push(Step {
                    lead: lead.id,
                    to,
                    version: mark.version,
                    from_owner: lead.owner,
                    from_status: mark.status,
                    on_queue: lead.on_queue,
                });
            }
        }
        debug_assert!(moves.next().is_none(), "every move is of a lead of the snapshot");
        let standing = |agent: &calliyo_domain::assignment::Agent| Standing {
            agent: agent.id,
            load: agent.load.into(),
            cap: agent.cap.into(),
        };
        Self { job, to_status, steps, agents: snapshot.plan.agents.iter().map(standing).collect() }
    }

    /// What each agent's queue comes to if all goes as planned.
    #[must_use]
    pub fn shares(&self) -> Vec<AgentShare> {
        let passage = |step: &Step| Passage { from: step.from_owner, to: step.to, on_queue: step.on_queue };
        shares(&self.agents, self.steps.iter().map(passage))
    }
}
