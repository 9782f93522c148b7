//! The pipeline's statuses (PRODUCT.md, "Leads"). Companies edit them; four are known to the rules by their id.

use serde::{Deserialize, Serialize};

/// Without an owner (customers aside). Protected.
pub const UNASSIGNED: i64 = 1;
/// What a lead becomes when a job gives it to an agent. May be renamed, not deleted.
pub const ASSIGNED: i64 = 2;
/// A call back is agreed. Protected.
pub const FOLLOWUPS: i64 = 3;
/// Converted. Protected; in no job and on no queue.
pub const CUSTOMER: i64 = 4;

/// A status of the pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub id: i64,
    pub name: String,
    /// Whether its leads count toward the owner's lead cap and are listed as tasks.
    pub on_queue: bool,
}
