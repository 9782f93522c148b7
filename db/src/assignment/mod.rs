//! Auto lead assignment on the database: the snapshot that the planner works on, and a plan put into effect.

mod apply;
mod snapshot;

pub use apply::{Applied, apply};
#[cfg(test)]
pub(crate) use snapshot::{ELIGIBLE_POSTGRES, ELIGIBLE_SQLITE, RECEIVERS};
pub use snapshot::{Snapshot, lock_agents, snapshot};
