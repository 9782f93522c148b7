//! The settings by section: what each holds, and which values are allowed (PRODUCT.md, "The Configurations tab").

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Invalid, status, time_of_day::TimeOfDay};

/// A section of the settings: saved as a whole, versioned, with a history row per save.
pub trait Section: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync {
    /// The key it is stored under.
    const KEY: &'static str;
}

/// Settings → General.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct General {
    pub company: String,
    /// ISO 3166-1 alpha-2: whose numbers phones without a country code are.
    pub country: String,
    /// IANA name: the zone of every time of day and local date.
    pub time_zone: String,
}

impl Section for General {
    const KEY: &'static str = "general";
}

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
    const KEY: &'static str = "auto_assignment";
}

impl AutoAssignment {
    /// Checks what a form brought against the statuses there are.
    ///
    /// # Errors
    /// Names the field (`statuses`, `at`) and what is allowed.
    pub fn from_form(enabled: bool, mut statuses: Vec<i64>, at: &str, known: &[status::Status]) -> Result<Self, Invalid> {
        statuses.sort_unstable();
        statuses.dedup();
        if statuses.contains(&status::CUSTOMER) {
            return Err(Invalid::new("statuses", "Customers are never reassigned: Customer can't be selected."));
        }
        if statuses.iter().any(|id| !known.iter().any(|s| s.id == *id)) {
            return Err(Invalid::new("statuses", "One of the selected statuses no longer exists. Choose from the list."));
        }
        if enabled && statuses.is_empty() {
            return Err(Invalid::new("statuses", "Select at least one status, or switch Auto lead assignment off."));
        }
        let at = at.parse().map_err(|_| Invalid::new("at", "Reassign at is a time of day from 00:00 to 23:59, such as 09:00."))?;
        Ok(Self { enabled, statuses, at })
    }
}
