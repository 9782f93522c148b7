//! Settings, one tab per subject, each with its own address.

pub mod configurations;
mod page;

pub use page::SettingsPage;

/// Settings → Configurations.
pub const CONFIGURATIONS: &str = "/settings?tab=configurations";
