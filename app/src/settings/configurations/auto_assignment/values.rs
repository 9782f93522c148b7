use calliyo_domain::settings::AutoAssignment;
use web_sys::{FormData, HtmlFormElement};

use super::Draft;

/// What the section's fields hold, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    pub enabled: bool,
    /// Ascending.
    pub statuses: Vec<i64>,
    pub at: String,
}

impl Values {
    /// What is in the form now.
    pub fn in_form(form: &HtmlFormElement) -> Option<Self> {
        let data = FormData::new_with_form(form).ok()?;
        let mut statuses: Vec<i64> = data
            .get_all("statuses[]")
            .iter()
            .filter_map(|value| value.as_string())
            .filter_map(|id| id.parse().ok())
            .collect();
        statuses.sort_unstable();
        Some(Self { enabled: data.has("enabled"), statuses, at: data.get("at").as_string().unwrap_or_default() })
    }
}

impl From<&AutoAssignment> for Values {
    fn from(saved: &AutoAssignment) -> Self {
        Self { enabled: saved.enabled, statuses: saved.statuses.clone(), at: saved.at.to_string() }
    }
}

impl From<&Draft> for Values {
    fn from(draft: &Draft) -> Self {
        let mut statuses = draft.statuses.clone();
        statuses.sort_unstable();
        Self { enabled: draft.enabled, statuses, at: draft.at.clone() }
    }
}
