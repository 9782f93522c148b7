use crate::{Invalid, status::Status};

/// How long after it was logged a call can be undone, in milliseconds.
pub const UNDO_WITHIN: i64 = 10_000;

/// A logged call and its lead, as far as undoing the call goes by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undoable {
    /// When the call was logged, in unix milliseconds.
    pub logged_at: i64,
    /// The status that the lead had before.
    pub status_before: i64,
    /// The version that the call gave the lead, and the one it has.
    pub version_then: i64,
    pub version_now: i64,
}

/// Whether the call may be undone at `now`, in a company that has these statuses. Servers' clocks may differ: one that
/// is behind counts as little as one that is ahead.
///
/// # Errors
/// Says why not.
pub fn may_undo(call: Undoable, statuses: &[Status], now: i64) -> Result<(), Invalid> {
    let refused = |why: &str| Err(Invalid::new("", why));
    if call.logged_at.abs_diff(now) > UNDO_WITHIN.unsigned_abs() {
        return refused(
            "The ten seconds in which a call can be undone have passed. It can be corrected on the lead's page.",
        );
    }
    if call.version_now != call.version_then {
        return refused("The lead has changed since the call was logged, so the call stays.");
    }
    if !statuses.iter().any(|status| status.id == call.status_before) {
        return refused("The status that the lead had before no longer exists, so the call stays.");
    }
    Ok(())
}
