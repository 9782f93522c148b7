use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{Section, SectionKey, checks::whole_number};
use crate::Invalid;

/// Settings → Configurations → Daily call target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyTarget {
    /// Calls each agent is expected to make per day.
    pub calls: u32,
}

impl Section for DailyTarget {
    const KEY: SectionKey = SectionKey::DailyTarget;
}

impl DailyTarget {
    /// The targets that can be set.
    pub const CALLS: RangeInclusive<u32> = 1..=1000;

    /// Checks what a form brought.
    ///
    /// # Errors
    /// Names the field (`calls`) and what is allowed.
    pub fn from_form(calls: &str) -> Result<Self, Invalid> {
        let calls = whole_number(calls, &Self::CALLS);
        let calls =
            calls.ok_or_else(|| Invalid::new("calls", "Daily call target is a whole number from 1 to 1000."))?;
        Ok(Self { calls })
    }
}
