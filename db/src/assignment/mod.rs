//! Auto lead assignment on the database: the snapshot that the planner works on, and a plan put into effect.

mod apply;
mod snapshot;

pub use apply::{Applied, apply};
pub use snapshot::{Snapshot, lock_agents, snapshot};
