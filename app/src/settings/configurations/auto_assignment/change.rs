use super::{SavedSection, values::Values};

/// One field's old and new value, as people read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub field: &'static str,
    pub from: String,
    pub to: String,
}

/// What saving `typed` over `section` would change, in the order of the fields.
pub fn changes(section: &SavedSection, typed: &Values) -> Vec<Change> {
    let saved = Values::from(&section.value);
    let named = |ids: &[i64]| names(section, ids);
    [
        ("Auto lead assignment", on_off(saved.enabled), on_off(typed.enabled)),
        ("Auto-reassign leads with status", named(&saved.statuses), named(&typed.statuses)),
        ("Reassign at", time(&saved.at), time(&typed.at)),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .map(|(field, from, to)| Change { field, from, to })
    .collect()
}

fn on_off(enabled: bool) -> String {
    if enabled { "On" } else { "Off" }.to_owned()
}

fn time(at: &str) -> String {
    if at.is_empty() { "no time" } else { at }.to_owned()
}

/// In pipeline order.
fn names(section: &SavedSection, ids: &[i64]) -> String {
    let chosen = section.statuses.iter().filter(|status| ids.contains(&status.id));
    let names: Vec<&str> = chosen.map(|status| status.name.as_str()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use calliyo_domain::{settings::AutoAssignment, status::Status};

    use super::*;

    fn section() -> SavedSection {
        let status = |id, name: &str| Status { id, name: name.to_owned(), on_queue: false };
        SavedSection {
            version: 1,
            value: AutoAssignment { enabled: false, statuses: vec![1, 7], at: "09:00".parse().expect("a time") },
            statuses: vec![status(1, "Unassigned"), status(8, "Missed"), status(7, "Not Picked")],
            time_zone: "Asia/Kolkata".to_owned(),
            saved: None,
        }
    }

    #[test]
    fn what_is_as_saved_is_no_change() {
        let section = section();
        assert_eq!(changes(&section, &Values::from(&section.value)), []);
    }

    #[test]
    fn each_field_says_old_and_new() {
        let typed = Values { enabled: true, statuses: vec![1, 7, 8], at: String::new() };
        let said: Vec<String> = changes(&section(), &typed)
            .into_iter()
            .map(|change| format!("{}: {} → {}", change.field, change.from, change.to))
            .collect();
        assert_eq!(
            said,
            [
                "Auto lead assignment: Off → On",
                "Auto-reassign leads with status: Unassigned, Not Picked → Unassigned, Missed, Not Picked",
                "Reassign at: 09:00 → no time",
            ]
        );
    }
}
