use serde::{Deserialize, Serialize};

use super::{DailyJob, Section, SectionKey, checks::time_of_day};
use crate::{Invalid, job::Job, time_of_day::TimeOfDay};

/// Settings → Configurations → Daily lead top-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUp {
    pub enabled: bool,
    /// "Top-up at", company time.
    pub at: TimeOfDay,
}

impl Section for TopUp {
    const KEY: SectionKey = SectionKey::TopUp;
}

impl DailyJob for TopUp {
    const JOB: Job = Job::TopUp;

    fn daily_at(&self) -> Option<TimeOfDay> {
        self.enabled.then_some(self.at)
    }
}

impl TopUp {
    /// Checks what a form brought.
    ///
    /// # Errors
    /// Names the field (`at`) and what is allowed.
    pub fn from_form(enabled: bool, at: &str) -> Result<Self, Invalid> {
        Ok(Self { enabled, at: time_of_day("Top-up at", at)? })
    }
}
