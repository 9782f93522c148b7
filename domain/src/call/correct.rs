use chrono_tz::Tz;

use super::Record;
use crate::{Invalid, schedule::local_date};

/// A logged call, as far as putting it right goes by it.
#[derive(Clone, Copy, Debug)]
pub struct Correctable<'a> {
    /// Who logged it.
    pub agent: i64,
    /// When it began, in unix milliseconds.
    pub started_at: i64,
    pub undone: bool,
    pub says: &'a Record,
}

impl Correctable<'_> {
    /// Calls are logged when they end.
    fn logged_at(&self) -> i64 {
        self.started_at + self.says.duration_seconds * 1000
    }

    /// Whether `who` may put it right at `now`, in a company whose clocks show `zone`.
    ///
    /// # Errors
    /// Says why not.
    pub fn by(&self, who: i64, now: i64, zone: Tz) -> Result<(), Invalid> {
        let refused = |why: &str| Err(Invalid::new("", why));
        if who != self.agent {
            return refused("Only who logged the call can correct it. Nothing was changed.");
        }
        if self.undone {
            return refused("The call was undone and counts nowhere: there is nothing to correct.");
        }
        if local_date(zone, self.logged_at()) != local_date(zone, now) {
            return refused("A call can be corrected on the day on which it was logged, and that is over.");
        }
        Ok(())
    }
}

/// When the call began if it was really as `right` says: it ended when it was logged, so that a longer one began
/// earlier.
///
/// # Errors
/// Where that is what the log says already.
pub fn correct(call: Correctable<'_>, right: &Record) -> Result<i64, Invalid> {
    if call.says == right {
        return Err(Invalid::new("", "That is what the log says already. Nothing was changed."));
    }
    Ok(call.logged_at() - right.duration_seconds * 1000)
}
