//! What the planner reads: the receivers and the eligible leads at one moment.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// The receivers and the eligible leads, read in one transaction (PRODUCT.md, "The three jobs").
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Agents that may be given leads: not banned and receiving leads.
    pub agents: Vec<Agent>,
    /// Leads that may be moved. Their owner may be missing among `agents`.
    pub leads: Vec<Lead>,
}

/// A receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// The user's id.
    pub id: i64,
    /// Lead cap: the highest load a run may bring the agent to (PRODUCT.md R1).
    pub cap: u32,
    /// Owned leads on the queue, those among the snapshot's leads included.
    pub load: u32,
    /// Leads that the jobs gave the agent in the last 30 company days, today among them (PRODUCT.md R7).
    #[serde(default)]
    pub received: u32,
    /// When the agent was last given a lead, in Unix milliseconds; `None` if never (PRODUCT.md R7).
    #[serde(default)]
    pub last_given_at: Option<i64>,
}

/// An eligible lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// The lead's id.
    pub id: i64,
    /// The agent who owns it, never its receiver (PRODUCT.md R2).
    #[serde(default)]
    pub owner: Option<i64>,
    /// When it took its status, in Unix milliseconds (PRODUCT.md R5).
    pub status_since: i64,
    /// Whether it counts toward its owner's load.
    pub on_queue: bool,
    /// The agent it was last taken from (PRODUCT.md R6).
    #[serde(default)]
    pub last_owner: Option<i64>,
}

impl Snapshot {
    /// Checks what [`plan`](super::plan) takes for granted, for snapshots written by hand.
    ///
    /// # Errors
    /// A sentence that names the offending field, as in `leads[4].id: 7 is already leads[1].id`.
    pub fn check(&self) -> Result<(), String> {
        unique("agents", self.agents.iter().map(|agent| agent.id))?;
        unique("leads", self.leads.iter().map(|lead| lead.id))?;
        self.loads_cover_queues()
    }

    /// An agent's load can't be smaller than the number of its eligible leads on the queue.
    fn loads_cover_queues(&self) -> Result<(), String> {
        let mut queued: HashMap<i64, u32> = HashMap::new();
        for owner in self.leads.iter().filter(|lead| lead.on_queue).filter_map(|lead| lead.owner) {
            *queued.entry(owner).or_default() += 1;
        }
        for (at, agent) in self.agents.iter().enumerate() {
            let on_queue = queued.get(&agent.id).copied().unwrap_or_default();
            if agent.load < on_queue {
                let load = agent.load;
                return Err(format!(
                    "agents[{at}].load: {load} is less than the agent's {on_queue} leads on the queue"
                ));
            }
        }
        Ok(())
    }
}

/// Ids stand once each in the `list` that a sentence names.
pub(crate) fn unique(list: &str, ids: impl Iterator<Item = i64>) -> Result<(), String> {
    let mut seen = HashMap::new();
    for (at, id) in ids.enumerate() {
        if let Some(first) = seen.insert(id, at) {
            return Err(format!("{list}[{at}].id: {id} is already {list}[{first}].id"));
        }
    }
    Ok(())
}
