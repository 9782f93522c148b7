use web_sys::{FormData, HtmlFormElement};

use super::{Changed, Meant, Place, assign_leads, set_lead_status};
use crate::Fault;

/// What is pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Press {
    Assign,
    SetStatus,
}

/// What stands in the form's fields.
pub struct Typed {
    agents: Vec<i64>,
    status: String,
}

impl Typed {
    pub fn of(form: &HtmlFormElement) -> Self {
        let data = FormData::new_with_form(form).ok();
        let all = |name: &str| -> Vec<String> {
            let values = data.as_ref().map(|data| data.get_all(name));
            values.iter().flat_map(|values| values.iter()).filter_map(|value| value.as_string()).collect()
        };
        Self {
            agents: all("agents[]").iter().filter_map(|id| id.parse().ok()).collect(),
            status: all("status").into_iter().next().unwrap_or_default(),
        }
    }
}

/// Does what was pressed.
pub async fn send(press: Press, meant: Meant, typed: Typed, place: Place) -> Result<Changed, Fault> {
    let Meant { filter, all, count, ids } = meant;
    match press {
        Press::Assign => assign_leads(filter, all, count, ids, typed.agents, place).await,
        Press::SetStatus => set_lead_status(filter, all, count, ids, typed.status, place).await,
    }
}
