//! Where agents and managers begin: an agent's day, or the team's.

mod agent;
pub mod api;
mod next_lead;
mod page;
mod target_bar;
mod team;

pub use api::*;
pub use page::DashboardPage;

/// Where it is.
pub const DASHBOARD: &str = "/dashboard";
