//! What an edit changes of a lead, in words for its timeline.

use crate::lead::NewLead;

/// What may be edited of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    pub lead: NewLead,
    pub source: String,
}

/// Why the timeline has an entry: every field that differs, with what it was and what it is. Nothing where none does.
#[must_use]
pub fn edited(before: &Fields, after: &Fields) -> Option<String> {
    let changes: Vec<String> = parts(before)
        .into_iter()
        .zip(parts(after))
        .filter(|(before, after)| before != after)
        .map(|((name, before), (_, after))| format!("{name} {} → {}", shown(&before), shown(&after)))
        .collect();
    (!changes.is_empty()).then(|| format!("Edited: {}", changes.join("; ")))
}

fn parts(fields: &Fields) -> [(&'static str, String); 6] {
    let Fields { lead, source } = fields;
    let mut tags = lead.tags.clone();
    tags.sort_unstable();
    [
        ("first name", lead.first_name.clone()),
        ("last name", lead.last_name.clone()),
        ("phone", lead.phone.clone()),
        ("email", lead.email.clone()),
        ("tags", tags.join(", ")),
        ("source", source.clone()),
    ]
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(first_name: &str, tags: &str, source: &str) -> Fields {
        let lead = NewLead::new(first_name, "", "+919876543210".to_owned(), "", tags).expect("valid");
        Fields { lead, source: source.to_owned() }
    }

    #[test]
    fn what_differs_is_said_and_nothing_else() {
        let before = fields("Asha", "a;b", "Fair");
        assert_eq!(edited(&before, &fields("Asha", "b;a", "Fair")), None, "the order of tags isn't kept");
        assert_eq!(
            edited(&before, &fields("Aisha", "b", "")).as_deref(),
            Some("Edited: first name Asha → Aisha; tags a, b → b; source Fair → none")
        );
    }
}
