//! How the daily jobs move leads: the snapshot that a planner works on, and its plan put into effect.

mod apply;
mod release;
mod snapshot;
mod steps;
mod swaps;

pub use apply::{Applied, apply};
pub use release::release;
#[cfg(test)]
pub(crate) use snapshot::receivers;
#[cfg(test)]
pub(crate) use snapshot::{ELIGIBLE_POSTGRES, ELIGIBLE_SQLITE, HOLDERS, RECEIVERS};
pub use snapshot::{Moment, Snapshot, lock_agents, snapshot, snapshot_of_owned};
pub use steps::{Moves, Step};
pub use swaps::would_swap;
#[cfg(test)]
pub(crate) use swaps::{FULL_POSTGRES, FULL_SQLITE};
