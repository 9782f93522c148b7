//! What putting a status on the queue, or taking it off, does to the loads of those who own its leads (PRODUCT.md,
//! "Leads"): said before it is done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    counted::{count_grouped, grouped, listed},
    status::{Status, fixed_on_queue},
};

/// How many names a sentence holds.
const NAMED: usize = 12;

/// Leads of one owner on one status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    pub owner: i64,
    pub name: String,
    /// The owner's lead cap.
    pub cap: i64,
    pub status: i64,
    pub leads: i64,
}

/// What the switch of one status would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueSwitch {
    /// Owned leads on the status.
    pub leads: u64,
    /// Whose they are.
    pub owners: u64,
    /// Who would have more leads on their queue than their cap, among those owners; those furthest above it first, and no
    /// more than are named. Nobody where the status is on the queue already.
    pub over: Vec<OverCap>,
    /// How many others would.
    pub more_over: u64,
}

/// A load above the cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverCap {
    pub name: String,
    pub load: i64,
    pub cap: i64,
}

/// What the switch of `status` would do in this pipeline, where `owned` are all owned leads; nothing for one that stays as
/// it is for good.
#[must_use]
pub fn switch(status: &Status, pipeline: &[Status], owned: &[Owned]) -> QueueSwitch {
    if fixed_on_queue(status.id).is_some() {
        return QueueSwitch::default();
    }
    let counts = |id: i64| pipeline.iter().any(|status| status.id == id && status.on_queue);
    let mut loads: BTreeMap<i64, i64> = BTreeMap::new();
    for part in owned.iter().filter(|part| counts(part.status)) {
        *loads.entry(part.owner).or_default() += part.leads;
    }
    let on_it: Vec<&Owned> = owned.iter().filter(|part| part.status == status.id && part.leads > 0).collect();
    let after = |part: &Owned| OverCap {
        name: part.name.clone(),
        load: loads.get(&part.owner).copied().unwrap_or_default() + part.leads,
        cap: part.cap,
    };
    let mut over: Vec<OverCap> = on_it.iter().map(|part| after(part)).filter(|after| after.load > after.cap).collect();
    if status.on_queue {
        over.clear();
    }
    over.sort_by_key(|over| over.cap - over.load);
    let more_over = over.len().saturating_sub(NAMED) as u64;
    over.truncate(NAMED);
    QueueSwitch {
        leads: on_it.iter().map(|part| part.leads.unsigned_abs()).sum(),
        owners: on_it.len() as u64,
        over,
        more_over,
    }
}

impl QueueSwitch {
    /// What it would do, to the person who is about to; `on` where the status is to be put on the queue.
    #[must_use]
    pub fn sentence(&self, on: bool) -> String {
        if self.leads == 0 {
            return "Nobody owns a lead on it, so that no load changes.".to_owned();
        }
        let leads = count_grouped(self.leads, "lead");
        let whose = count_grouped(self.owners, "agent");
        match (on, self.leads) {
            (true, 1) => format!("{leads} of {whose} counts toward the lead cap then, and is listed as a task."),
            (true, _) => format!("{leads} of {whose} count toward the lead cap then, and are listed as tasks."),
            (false, 1) => {
                format!(
                    "{leads} of {whose} no longer counts toward the lead cap: the next runs may give another for it."
                )
            }
            (false, _) => format!(
                "{leads} of {whose} no longer count toward the lead cap: the next runs may give as many others for them."
            ),
        }
    }

    /// Who goes over their lead cap: "Asha (52 of 40)".
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        if self.over.is_empty() {
            return None;
        }
        let mut names: Vec<String> = self.over.iter().map(OverCap::named).collect();
        if self.more_over > 0 {
            names.push(format!("{} more", grouped(self.more_over)));
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Some(format!(
            "Over their lead cap: {}. They keep their leads, and get none until there is room.",
            listed(&names)
        ))
    }
}

impl OverCap {
    fn named(&self) -> String {
        let number = |n: i64| grouped(n.unsigned_abs());
        format!("{} ({} of {})", self.name, number(self.load), number(self.cap))
    }
}
