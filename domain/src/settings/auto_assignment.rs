use serde::{Deserialize, Serialize};

use super::{
    DailyJob, Section, SectionKey, SelectsStatuses,
    checks::{selected, time_of_day},
};
use crate::{Invalid, Together as _, job::Job, status, time_of_day::TimeOfDay};

/// Settings → Configurations → Auto lead assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutoAssignment {
    pub enabled: bool,
    /// "Auto-reassign leads with status": status ids, ascending, each once.
    pub statuses: Vec<i64>,
    /// "Reassign at", company time.
    pub at: TimeOfDay,
}

impl Section for AutoAssignment {
    const KEY: SectionKey = SectionKey::AutoAssignment;
}

impl SelectsStatuses for AutoAssignment {
    fn selected(&mut self) -> &mut Vec<i64> {
        &mut self.statuses
    }
}

impl DailyJob for AutoAssignment {
    const JOB: Job = Job::AutoAssignment;

    fn daily_at(&self) -> Option<TimeOfDay> {
        self.enabled.then_some(self.at)
    }
}

impl AutoAssignment {
    /// Checks what a form brought against the statuses there are.
    ///
    /// # Errors
    /// Names each field that is wrong (`statuses`, `at`) and what is allowed.
    pub fn from_form(
        enabled: bool,
        mut statuses: Vec<i64>,
        at: &str,
        known: &[status::Status],
    ) -> Result<Self, Invalid> {
        let selected = selected(Job::AutoAssignment, &mut statuses, enabled, known);
        let ((), at) = (selected, time_of_day("Reassign at", at)).together()?;
        Ok(Self { enabled, statuses, at })
    }
}
