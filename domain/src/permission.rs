//! Who may do what: a user has one role, a role is a named set of permissions (PRODUCT.md, "Who uses it").

use serde::{Deserialize, Serialize};

/// One thing a role may allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See and manage all leads and customers.
    Management,
    /// Work a queue: receive leads, log calls. Who has it is an agent.
    Tasks,
    /// Read the reports.
    Reports,
    /// Manage users and roles.
    Users,
    /// Change the company's settings and run the jobs.
    Settings,
}

impl Permission {
    /// All of them, in the order people see them in.
    pub const ALL: [Self; 5] = [Self::Management, Self::Tasks, Self::Reports, Self::Users, Self::Settings];

    /// Its name in forms and databases.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Management => "management",
            Self::Tasks => "tasks",
            Self::Reports => "reports",
            Self::Users => "users",
            Self::Settings => "settings",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Management => "Management",
            Self::Tasks => "Tasks",
            Self::Reports => "Reports",
            Self::Users => "Users",
            Self::Settings => "Settings",
        }
    }

    /// What it allows, in a sentence.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Management => "Sees all leads and customers, and manages them.",
            Self::Tasks => {
                "Works a queue: receives leads and logs calls. Users whose role loses it keep their leads, and receive no more."
            }
            Self::Reports => "Reads the reports.",
            Self::Users => "Adds, edits and bans users, and decides what each role allows.",
            Self::Settings => "Changes the company's settings and runs the jobs.",
        }
    }
}

/// The permissions of one role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Permissions {
    pub management: bool,
    pub tasks: bool,
    pub reports: bool,
    pub users: bool,
    pub settings: bool,
}

impl Permissions {
    /// Whether the set holds `permission`.
    #[must_use]
    pub fn allow(&self, permission: Permission) -> bool {
        match permission {
            Permission::Management => self.management,
            Permission::Tasks => self.tasks,
            Permission::Reports => self.reports,
            Permission::Users => self.users,
            Permission::Settings => self.settings,
        }
    }
}
