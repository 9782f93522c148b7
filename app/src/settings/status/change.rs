use calliyo_domain::settings::SectionKey;
use serde::{Deserialize, Serialize};

use crate::{settings::sections::SectionForm, ui::count};

/// What an edit has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Added {
        name: String,
    },
    Renamed {
        from: String,
        to: String,
    },
    Queued {
        name: String,
        on_queue: bool,
    },
    Moved {
        name: String,
        /// From 1.
        place: usize,
        of: usize,
    },
    Deleted {
        name: String,
        leads: u64,
        /// Where they went.
        home: Option<String>,
        sections: Vec<SectionKey>,
    },
    /// Somebody else has deleted it while the viewer was about to.
    Gone {
        name: String,
    },
}

impl Change {
    /// Says it to the person who did it.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Added { name } => format!("{name} was added at the end of the pipeline."),
            Self::Renamed { from, to } => format!("{from} is now called {to}."),
            Self::Queued { name, on_queue: true } => {
                format!("{name} is on the queue now: its leads count toward the lead cap and are listed as tasks.")
            }
            Self::Queued { name, on_queue: false } => {
                format!("{name} is off the queue now: its leads no longer count toward the lead cap.")
            }
            Self::Moved { name, place, of } => format!("{name} is now number {place} of {of}."),
            Self::Deleted { name, leads, home, sections } => {
                let mut said = format!("{name} was deleted.");
                if let Some(home) = home.as_ref().filter(|_| *leads > 0) {
                    said += &format!(" {} moved to {home}.", count(*leads, "lead"));
                }
                if !sections.is_empty() {
                    said += &format!(" It was taken out of {}.", titles(sections));
                }
                said
            }
            Self::Gone { name } => format!("{name} is gone: somebody else has deleted it meanwhile."),
        }
    }
}

/// The sections' titles, as part of a sentence.
pub(super) fn titles(sections: &[SectionKey]) -> String {
    let titles: Vec<&str> = sections.iter().map(|key| SectionForm::of(*key).title).collect();
    titles.join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deleted(leads: u64, home: Option<&str>, sections: &[SectionKey]) -> String {
        let home = home.map(str::to_owned);
        Change::Deleted { name: "Busy".to_owned(), leads, home, sections: sections.to_vec() }.sentence()
    }

    #[test]
    fn says_what_went_with_a_deleted_status() {
        assert_eq!(deleted(0, None, &[]), "Busy was deleted.");
        assert_eq!(deleted(0, Some("Missed"), &[]), "Busy was deleted.");
        assert_eq!(deleted(1, Some("Missed"), &[]), "Busy was deleted. 1 lead moved to Missed.");
        assert_eq!(
            deleted(2, Some("Missed"), &[SectionKey::AutoAssignment, SectionKey::AutoRemoval]),
            "Busy was deleted. 2 leads moved to Missed. It was taken out of Auto lead assignment and Auto removal."
        );
    }
}
