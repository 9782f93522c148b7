//! The rules of PRODUCT.md ("The three jobs", R1 to R7) as a key to compare plans by. Nothing of it
//! is shared with the planner.

use calliyo_domain::assignment::{Agent, Lead, Plan, Snapshot};

/// Who receives each lead, by position in the snapshot's lists.
pub type Receivers = Vec<Option<usize>>;

/// What R3 to R7 say of a plan that keeps R1 and R2: the smaller, the better, rule by rule. R6 is
/// judged given how many each agent receives, so R7 comes before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// R3: leads that stay.
    pub left: usize,
    /// R4: the sum of squared final loads.
    pub squares: u64,
    /// R5: since when the leads that move have had their status, oldest first.
    pub ages: Vec<i64>,
    /// R7: leads given, turned negative so that more is better, to the agent who received the fewest
    /// first, then to the one least recently given one, then by id.
    pub given: Vec<i64>,
    /// R6: leads that return to the agent they were last taken from.
    pub returns: usize,
}

/// The key of a plan, or the rule it breaks.
pub fn key(snapshot: &Snapshot, receivers: &[Option<usize>]) -> Result<Key, String> {
    let (agents, leads) = (&snapshot.agents, &snapshot.leads);
    let mut given = vec![0_i64; agents.len()];
    let mut loads: Vec<i64> = agents.iter().map(|agent| i64::from(agent.load)).collect();
    let mut ages = Vec::new();
    let mut returns = 0;
    for (lead, receiver) in leads.iter().zip(receivers) {
        let Some(to) = *receiver else { continue };
        if lead.owner == Some(agents[to].id) {
            return Err(format!("R2: lead {} goes to its owner", lead.id));
        }
        if let Some(from) = owner(agents, lead) {
            loads[from] -= i64::from(lead.on_queue);
        }
        loads[to] += 1;
        given[to] += 1;
        ages.push(lead.status_since);
        returns += usize::from(lead.last_owner == Some(agents[to].id));
    }
    for (at, agent) in agents.iter().enumerate() {
        let gained_above_cap = agent.load > agent.cap && given[at] > 0;
        let ends_above_cap = agent.load <= agent.cap && loads[at] > i64::from(agent.cap);
        if gained_above_cap || ends_above_cap {
            return Err(format!("R1: agent {}", agent.id));
        }
    }
    ages.sort_unstable();
    let given = waiting_order(agents).into_iter().map(|at| -given[at]).collect();
    let squares = loads.iter().map(|load| load.unsigned_abs().pow(2)).sum();
    Ok(Key { left: leads.len() - ages.len(), squares, ages, given, returns })
}

/// The agents in the order of R7.
fn waiting_order(agents: &[Agent]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..agents.len()).collect();
    order.sort_unstable_by_key(|&at| (agents[at].received, agents[at].last_given_at, agents[at].id));
    order
}

fn owner(agents: &[Agent], lead: &Lead) -> Option<usize> {
    agents.iter().position(|agent| lead.owner == Some(agent.id))
}

/// Who receives each lead by a plan. Fails unless every lead is in exactly one list, both sorted.
pub fn receivers(snapshot: &Snapshot, plan: &Plan) -> Receivers {
    assert!(plan.moves.is_sorted_by_key(|moved| moved.lead), "{plan:?}");
    assert!(plan.left.is_sorted_by_key(|left| left.lead), "{plan:?}");
    let mut listed: Vec<i64> = plan.moves.iter().map(|moved| moved.lead).collect();
    listed.extend(plan.left.iter().map(|left| left.lead));
    listed.sort_unstable();
    let mut ids: Vec<i64> = snapshot.leads.iter().map(|lead| lead.id).collect();
    ids.sort_unstable();
    assert_eq!(listed, ids, "every lead exactly once");

    let receiver = |lead: &Lead| {
        let at = plan.moves.binary_search_by_key(&lead.id, |moved| moved.lead).ok()?;
        let found = snapshot.agents.iter().position(|agent| agent.id == plan.moves[at].to);
        Some(found.expect("a receiver"))
    };
    snapshot.leads.iter().map(receiver).collect()
}
