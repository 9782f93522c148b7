//! The settings by section: what each holds, and which values are allowed (PRODUCT.md, "The Configurations tab").

mod as_of;
mod auto_assignment;
mod auto_removal;
mod checks;
mod conflicts;
mod daily_target;
mod general;
mod show_customer;
mod top_up;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{job::Job, time_of_day::TimeOfDay};

pub use as_of::as_of;
pub use auto_assignment::AutoAssignment;
pub use auto_removal::AutoRemoval;
pub use checks::may_select;
pub use conflicts::{Jobs, Receivers, conflicts};
pub use daily_target::DailyTarget;
pub use general::General;
pub use show_customer::ShowCustomer;
pub use top_up::TopUp;

/// A section's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKey {
    General,
    DailyTarget,
    ShowCustomer,
    AutoAssignment,
    TopUp,
    AutoRemoval,
}

impl SectionKey {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::General, Self::DailyTarget, Self::ShowCustomer, Self::AutoAssignment, Self::TopUp, Self::AutoRemoval];

    /// How it is stored and addressed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::DailyTarget => "daily_target",
            Self::ShowCustomer => "show_customer",
            Self::AutoAssignment => "auto_assignment",
            Self::TopUp => "top_up",
            Self::AutoRemoval => "auto_removal",
        }
    }

    /// The section stored under `key`.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.as_str() == key)
    }
}

/// A section of the settings: saved as a whole, versioned, with a history row per save.
pub trait Section: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync {
    /// Its name.
    const KEY: SectionKey;
}

/// A section that selects statuses of the pipeline.
pub trait SelectsStatuses: Section {
    /// Their ids, ascending, each once.
    fn selected(&mut self) -> &mut Vec<i64>;

    /// Takes a status out; gives whether it was selected.
    fn deselect(&mut self, status: i64) -> bool {
        let selected = self.selected();
        let before = selected.len();
        selected.retain(|id| *id != status);
        selected.len() < before
    }
}

/// A section of a job that runs once a day.
pub trait DailyJob: Section {
    /// The job.
    const JOB: Job;

    /// The time of day it runs at, company time; nothing while it is switched off. A save that changes this, or
    /// the company's zone, starts the schedule anew.
    fn daily_at(&self) -> Option<TimeOfDay>;
}
