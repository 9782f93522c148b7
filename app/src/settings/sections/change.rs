use super::{Field, Kind, SavedSection, SectionForm, Values};

/// One field's old and new value, as people read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub field: &'static str,
    pub from: String,
    pub to: String,
}

/// What saving `typed` over `section` would change, in the order of the fields.
pub fn changes(form: &'static SectionForm, section: &SavedSection, typed: &Values) -> Vec<Change> {
    let of = |field: &Field, values: &Values| shown(field, section, values);
    let change =
        |field: &'static Field| Change { field: field.label, from: of(field, &section.values), to: of(field, typed) };
    form.fields.iter().map(change).filter(|change| change.from != change.to).collect()
}

fn shown(field: &Field, section: &SavedSection, values: &Values) -> String {
    let text = values.text(field.name);
    match &field.kind {
        Kind::Switch => if values.is_on(field.name) { "On" } else { "Off" }.to_owned(),
        Kind::Statuses(_) => {
            let chosen = section.statuses.iter().filter(|status| values.has(field.name, &status.id.to_string()));
            let names: Vec<&str> = chosen.map(|status| status.name.as_str()).collect();
            if names.is_empty() { "none".to_owned() } else { names.join(", ") }
        }
        Kind::Choice(choices) => {
            choices.iter().find(|choice| choice.value == text).map_or(text, |choice| choice.label).to_owned()
        }
        Kind::Country => {
            let known = section.choices.countries.iter().find(|(code, _)| code == text);
            known.map_or(text, |(_, name)| name).to_owned()
        }
        Kind::Time | Kind::Number(_) | Kind::Text | Kind::TimeZone if text.trim().is_empty() => "nothing".to_owned(),
        Kind::Time | Kind::Number(_) | Kind::Text | Kind::TimeZone => text.trim().to_owned(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use calliyo_domain::{settings::AutoAssignment, settings::SectionKey, status::Status};

    use super::*;
    use crate::settings::sections::Choices;

    fn values(enabled: bool, statuses: &[i64], at: &str) -> Values {
        Values::of(&AutoAssignment { enabled, statuses: statuses.to_vec(), at: at.parse().expect("a time") })
    }

    fn section() -> SavedSection {
        let status = |id, name: &str| Status { id, name: name.to_owned(), on_queue: false };
        SavedSection {
            version: 1,
            values: values(false, &[1, 7], "09:00"),
            statuses: vec![status(1, "Unassigned"), status(8, "Missed"), status(7, "Not Picked")],
            choices: Choices::default(),
            time_zone: "Asia/Kolkata".to_owned(),
            saved: None,
        }
    }

    #[test]
    fn what_is_as_saved_is_no_change() {
        let section = section();
        assert_eq!(changes(SectionForm::of(SectionKey::AutoAssignment), &section, &section.values), []);
    }

    #[test]
    fn each_field_says_old_and_new() {
        let typed = values(true, &[8, 7, 1], "08:30");
        let said: Vec<String> = changes(SectionForm::of(SectionKey::AutoAssignment), &section(), &typed)
            .into_iter()
            .map(|change| format!("{}: {} → {}", change.field, change.from, change.to))
            .collect();
        assert_eq!(
            said,
            [
                "Auto lead assignment: Off → On",
                "Auto-reassign leads with status: Unassigned, Not Picked → Unassigned, Missed, Not Picked",
                "Reassign at: 09:00 → 08:30",
            ]
        );
    }
}
