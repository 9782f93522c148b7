use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use web_sys::{FormData, HtmlFormElement};

use super::SectionForm;

/// What a section's fields hold, as typed: by field name, the selected or typed values. A switch that is off and a
/// list with nothing selected are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(BTreeMap<String, Vec<String>>);

impl Values {
    /// What is in the form now.
    pub fn in_form(form: &HtmlFormElement, section: &SectionForm) -> Option<Self> {
        let data = FormData::new_with_form(form).ok()?;
        let mut values = Self::default();
        for field in section.fields {
            let typed = data.get_all(&field.input_name());
            values.set(field.name, typed.iter().filter_map(|value| value.as_string()).collect());
        }
        Some(values)
    }

    /// What a stored section holds: its JSON's fields, or itself under its key.
    #[cfg(feature = "ssr")]
    pub fn of<S: calliyo_domain::settings::Section>(section: &S) -> Self {
        use serde_json::Value;
        let text = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let mut values = Self::default();
        match serde_json::to_value(section) {
            Ok(Value::Object(fields)) => {
                for (name, value) in fields {
                    let typed = match value {
                        Value::Bool(false) | Value::Null => Vec::new(),
                        Value::Array(items) => items.into_iter().map(text).collect(),
                        other => vec![text(other)],
                    };
                    values.set(&name, typed);
                }
            }
            Ok(other) => values.set(S::KEY.as_str(), vec![text(other)]),
            Err(error) => tracing::error!(%error, "a section can't be shown"),
        }
        values
    }

    fn set(&mut self, name: &str, mut typed: Vec<String>) {
        typed.sort_unstable();
        if !typed.is_empty() {
            self.0.insert(name.to_owned(), typed);
        }
    }

    /// The text of a one-line field.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Whether a problem of the field `name` in `before` may be gone: nothing selected is none where the section is off.
    #[must_use]
    pub fn may_mend(&self, before: &Self, name: &str) -> bool {
        let differs = |name: &str| self.all(name) != before.all(name);
        differs(name) || (name == "statuses" && differs("enabled"))
    }

    /// Whether a switch is on.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        self.text(name) == "true"
    }

    /// Whether `value` is selected.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|selected| selected == value)
    }

    /// The selected ids; what is no number is id 0, which nothing has.
    #[must_use]
    pub fn ids(&self, name: &str) -> Vec<i64> {
        self.all(name).iter().map(|id| id.parse().unwrap_or_default()).collect()
    }

    fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use calliyo_domain::settings::{AutoRemoval, ShowCustomer};

    use super::*;

    #[test]
    fn a_stored_section_is_shown_as_it_would_be_typed() {
        let at = "20:00".parse().expect("a time");
        let values = Values::of(&AutoRemoval { enabled: true, statuses: vec![8, 10], days: 7, at });
        assert!(values.is_on("enabled") && values.has("statuses", "10"));
        assert_eq!((values.text("days"), values.text("at")), ("7", "20:00"));
        let mut ids = values.ids("statuses");
        ids.sort_unstable();
        assert_eq!(ids, [8, 10]);
        assert!(!Values::of(&AutoRemoval { enabled: false, statuses: vec![], days: 7, at }).is_on("enabled"));
        assert_eq!(Values::of(&ShowCustomer::AgentOnly).text("show_customer"), "agent_only");
    }

    #[test]
    fn typing_mends_what_was_typed_and_the_switch_the_selection() {
        let at = "20:00".parse().expect("a time");
        let before = AutoRemoval { enabled: true, statuses: vec![], days: 7, at };
        for (now, mended) in [
            (before.clone(), vec![]),
            (AutoRemoval { days: 8, ..before.clone() }, vec!["days"]),
            (AutoRemoval { enabled: false, ..before.clone() }, vec!["enabled", "statuses"]),
            (AutoRemoval { statuses: vec![8], days: 9, ..before.clone() }, vec!["statuses", "days"]),
        ] {
            let (now, before) = (Values::of(&now), Values::of(&before));
            let fields = ["enabled", "statuses", "days", "at"].into_iter();
            assert_eq!(fields.filter(|field| now.may_mend(&before, field)).collect::<Vec<_>>(), mended);
        }
    }
}
