//! Settings → Configurations.

pub mod auto_assignment;
mod page;

pub use page::Configurations;
