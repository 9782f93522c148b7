use calliyo_domain::lead_set::LeadSet;
use serde::{Deserialize, Serialize};

use super::{Changed, FORM, Meant, Ticked};
use crate::{
    Fault,
    ui::{json_parameter, parameter},
};

/// What was chosen in a form that was posted without JavaScript and did nothing; kept in the page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub all: bool,
    /// The leads that match by now, which the page that comes back shows.
    pub set: Option<LeadSet>,
    pub ids: Vec<Ticked>,
    pub agents: Vec<i64>,
    pub status: String,
}

impl Draft {
    /// What was chosen of leads.
    pub fn of(meant: &Meant, result: &Result<Changed, Fault>) -> Self {
        let set = match result {
            Err(Fault::OtherLeads(other)) => Some(other.now),
            _ => meant.set,
        };
        Self { all: meant.all, set, ids: meant.ids.clone(), ..Self::default() }
    }

    /// What the page's address brings back.
    pub fn of_address() -> Self {
        let here = parameter("form").as_deref() == Some(FORM);
        here.then(|| json_parameter("draft")).flatten().unwrap_or_default()
    }
}
