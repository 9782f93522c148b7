//! Settings, one tab per subject, each with its own address.

pub mod configurations;
pub mod general;
pub mod jobs;
mod page;
pub mod runs;
pub mod sections;
pub mod status;
mod tabs;

pub use page::SettingsPage;
pub use tabs::{CONFIGURATIONS, GENERAL_TAB, RUN_HISTORY, STATUS_TAB, SettingsFrame, Tab};
