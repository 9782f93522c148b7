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

/// The permissions of one role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
