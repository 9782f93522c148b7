//! The settings by section: what each holds, and which values are allowed (PRODUCT.md, "The Configurations tab").

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Invalid, job::Job, removal, status, time_of_day::TimeOfDay};

/// A section of the settings: saved as a whole, versioned, with a history row per save.
pub trait Section: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync {
    /// The key it is stored under.
    const KEY: &'static str;
}

/// A section of a job that runs once a day.
pub trait DailyJob: Section {
    /// The job.
    const JOB: Job;

    /// The time of day it runs at, company time; nothing while it is switched off. A save that changes this, or
    /// the company's zone, starts the schedule anew.
    fn daily_at(&self) -> Option<TimeOfDay>;
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

/// Settings → Configurations → Daily call target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyTarget {
    /// Calls each agent is expected to make per day.
    pub calls: u32,
}

impl Section for DailyTarget {
    const KEY: &'static str = "daily_target";
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
        let calls = calls.ok_or_else(|| invalid("calls", "Daily call target is a whole number from 1 to 1000."))?;
        Ok(Self { calls })
    }
}

/// Settings → Configurations → Show customer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShowCustomer {
    /// Holders of `management` see every customer; an agent without it sees their own conversions.
    All,
    /// An agent sees their own conversions only; holders of `management` who are no agents see all.
    AgentOnly,
}

impl Section for ShowCustomer {
    const KEY: &'static str = "show_customer";
}

impl ShowCustomer {
    /// In the order they are offered.
    pub const ALL: [Self; 2] = [Self::All, Self::AgentOnly];

    /// How it is stored and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AgentOnly => "agent_only",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::AgentOnly => "Agent Only",
        }
    }

    /// Checks what a form brought.
    ///
    /// # Errors
    /// Names the field (`show_customer`) and what is allowed.
    pub fn from_form(key: &str) -> Result<Self, Invalid> {
        let chosen = Self::ALL.into_iter().find(|choice| choice.key() == key);
        chosen.ok_or_else(|| invalid("show_customer", "Show customer to is either All or Agent Only."))
    }
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
    /// Names the field (`statuses`, `at`) and what is allowed.
    pub fn from_form(
        enabled: bool,
        mut statuses: Vec<i64>,
        at: &str,
        known: &[status::Status],
    ) -> Result<Self, Invalid> {
        statuses.sort_unstable();
        statuses.dedup();
        if statuses.contains(&status::CUSTOMER) {
            return Err(invalid("statuses", "Customers are never reassigned: Customer can't be selected."));
        }
        all_known(&statuses, known)?;
        if enabled && statuses.is_empty() {
            return Err(invalid("statuses", "Select at least one status, or switch Auto lead assignment off."));
        }
        Ok(Self { enabled, statuses, at: time_of_day("Reassign at", at)? })
    }
}

/// Settings → Configurations → Daily lead top-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUp {
    pub enabled: bool,
    /// "Top-up at", company time.
    pub at: TimeOfDay,
}

impl Section for TopUp {
    const KEY: &'static str = "top_up";
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
    const KEY: &'static str = "auto_removal";
}

impl DailyJob for AutoRemoval {
    const JOB: Job = Job::AutoRemoval;

    fn daily_at(&self) -> Option<TimeOfDay> {
        self.enabled.then_some(self.at)
    }
}

impl AutoRemoval {
    /// Whether a status is offered: Customer can't be selected anywhere, Unassigned not for removal.
    #[must_use]
    pub fn may_select(status: i64) -> bool {
        status != status::CUSTOMER && status != status::UNASSIGNED
    }

    /// Checks what a form brought against the statuses there are.
    ///
    /// # Errors
    /// Names the field (`statuses`, `days`, `at`) and what is allowed.
    pub fn from_form(
        enabled: bool,
        mut statuses: Vec<i64>,
        days: &str,
        at: &str,
        known: &[status::Status],
    ) -> Result<Self, Invalid> {
        statuses.sort_unstable();
        statuses.dedup();
        if statuses.contains(&status::CUSTOMER) {
            return Err(invalid("statuses", "Customers are never removed: Customer can't be selected."));
        }
        if statuses.contains(&status::UNASSIGNED) {
            return Err(invalid(
                "statuses",
                "Unassigned leads have no agent to be removed from: Unassigned can't be selected.",
            ));
        }
        all_known(&statuses, known)?;
        if enabled && statuses.is_empty() {
            return Err(invalid("statuses", "Select at least one status, or switch Auto removal off."));
        }
        let days = whole_number(days, &removal::DAYS);
        let days = days.ok_or_else(|| invalid("days", "After days is a whole number from 1 to 365."))?;
        Ok(Self { enabled, statuses, days, at: time_of_day("Remove at", at)? })
    }
}

fn all_known(statuses: &[i64], known: &[status::Status]) -> Result<(), Invalid> {
    if statuses.iter().all(|id| known.iter().any(|status| status.id == *id)) {
        return Ok(());
    }
    Err(invalid("statuses", "One of the selected statuses no longer exists. Choose from the list."))
}

fn time_of_day(label: &str, text: &str) -> Result<TimeOfDay, Invalid> {
    text.parse()
        .map_err(|_| Invalid::new("at", format!("{label} is a time of day from 00:00 to 23:59, such as 09:00.")))
}

/// Digits and nothing else, spaces around them aside.
fn whole_number(text: &str, allowed: &RangeInclusive<u32>) -> Option<u32> {
    let text = text.trim();
    let number = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())??;
    allowed.contains(&number).then_some(number)
}

fn invalid(field: &str, message: &str) -> Invalid {
    Invalid::new(field, message)
}
