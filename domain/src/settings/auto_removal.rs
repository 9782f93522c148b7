use serde::{Deserialize, Serialize};

use super::{
    DailyJob, Section, SectionKey, SelectsStatuses,
    checks::{selected, time_of_day, whole_number},
};
use crate::{Invalid, Together as _, job::Job, removal, status, time_of_day::TimeOfDay};

/// Settings → Configurations → Auto removal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutoRemoval {
    pub enabled: bool,
    /// "Auto remove leads with status": status ids, ascending, each once.
    pub statuses: Vec<i64>,
    /// "After days": how long a lead must have been on its status.
    pub days: u32,
    /// "Remove at", company time.
    pub at: TimeOfDay,
}

impl Section for AutoRemoval {
    const KEY: SectionKey = SectionKey::AutoRemoval;
}

impl SelectsStatuses for AutoRemoval {
    fn selected(&mut self) -> &mut Vec<i64> {
        &mut self.statuses
    }
}

impl DailyJob for AutoRemoval {
    const JOB: Job = Job::AutoRemoval;

    fn daily_at(&self) -> Option<TimeOfDay> {
        self.enabled.then_some(self.at)
    }
}

impl AutoRemoval {
    /// Checks what a form brought against the statuses there are.
    ///
    /// # Errors
    /// Names each field that is wrong (`statuses`, `days`, `at`) and what is allowed.
    pub fn from_form(
        enabled: bool,
        mut statuses: Vec<i64>,
        days: &str,
        at: &str,
        known: &[status::Status],
    ) -> Result<Self, Invalid> {
        let selected = selected(Job::AutoRemoval, &mut statuses, enabled, known);
        let days = whole_number(days, &removal::DAYS);
        let days = days.ok_or_else(|| Invalid::new("days", "After days is a whole number from 1 to 365."));
        let ((), days, at) = (selected, days, time_of_day("Remove at", at)).together()?;
        Ok(Self { enabled, statuses, days, at })
    }
}
