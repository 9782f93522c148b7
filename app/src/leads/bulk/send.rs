use calliyo_domain::Invalid;
use web_sys::{FormData, HtmlFormElement};

use super::{Changed, Meant, People, Place, assign_leads, set_lead_status};
use crate::{
    Fault,
    leads::{Choices, chips::status_name},
};

/// What is said where no agent is chosen who can be given leads.
pub const CHOOSE_AGENTS: &str = "Choose one agent or several who receive leads. Nothing was changed.";

/// What is said where no status is chosen.
pub const CHOOSE_STATUS: &str = "Choose a status from the list. Nothing was changed.";

/// What is pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Press {
    Assign,
    SetStatus,
}

/// What stands in the form's fields.
pub struct Typed {
    pub agents: Vec<i64>,
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

    /// What has to be chosen before this can be done.
    pub fn missing(&self, press: Press) -> Option<Fault> {
        let missing = match press {
            Press::Assign => self.agents.is_empty().then(|| Invalid::new("agents", CHOOSE_AGENTS)),
            Press::SetStatus => self.status.is_empty().then(|| Invalid::new("status", CHOOSE_STATUS)),
        };
        missing.map(Fault::from)
    }

    /// What would be done with some leads: "assign them to Asha and Bela".
    pub fn purpose(&self, press: Press, choices: &Choices) -> String {
        match press {
            Press::Assign => format!("assign them to {}", agents(&self.agents, choices).named().unwrap_or_default()),
            Press::SetStatus => format!("put them on {}", status_name(&self.status, choices)),
        }
    }
}

/// Those of the agents who can be given leads, by name.
pub fn agents(ids: &[i64], choices: &Choices) -> People {
    let chosen = choices.receivers.iter().filter(|agent| ids.contains(&agent.id));
    People::of(chosen.map(|agent| agent.name.clone()).collect())
}

/// Does what was pressed.
pub async fn send(press: Press, meant: Meant, typed: Typed, place: Place) -> Result<Changed, Fault> {
    let Meant { filter, all, set, ids } = meant;
    match press {
        Press::Assign => assign_leads(filter, all, set, ids, typed.agents, place).await,
        Press::SetStatus => set_lead_status(filter, all, set, ids, typed.status, place).await,
    }
}

#[cfg(test)]
mod tests {
    use calliyo_domain::status::Status;

    use super::*;
    use crate::leads::Owner;

    #[test]
    fn what_is_asked_names_whom_and_what() {
        let owner = |id, name: &str| Owner { id, name: name.to_owned(), load: 0, cap: 1 };
        let choices = Choices {
            statuses: vec![Status { id: 7, name: "Busy".to_owned(), on_queue: true }],
            receivers: vec![owner(1, "Asha"), owner(2, "Bela"), owner(3, "Chand")],
            ..Choices::default()
        };
        let typed = |agents: &[i64], status: &str| Typed { agents: agents.to_vec(), status: status.to_owned() };
        assert_eq!(typed(&[1, 3], "").purpose(Press::Assign, &choices), "assign them to Asha and Chand");
        assert_eq!(typed(&[], "7").purpose(Press::SetStatus, &choices), "put them on Busy");
        let missing = |typed: Typed, press| typed.missing(press).map(|fault| fault.to_string());
        assert_eq!(missing(typed(&[], "7"), Press::Assign).as_deref(), Some(CHOOSE_AGENTS));
        assert_eq!(missing(typed(&[1], ""), Press::SetStatus).as_deref(), Some(CHOOSE_STATUS));
        assert_eq!(missing(typed(&[1], "7"), Press::Assign), None);
    }
}
