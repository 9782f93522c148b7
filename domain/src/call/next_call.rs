use chrono_tz::Tz;

use super::{
    effect::{LeadState, when_agreed},
    follow_up,
};
use crate::Invalid;

/// What becomes of a lead's next call without a call being logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextCall {
    /// It is agreed on for this time, or moved to it, in unix milliseconds.
    At(i64),
    /// None is agreed on any more.
    Dropped,
}

impl NextCall {
    /// What a form asks for at `now`, in a company whose clocks show `zone`: that it be `dropped`, or company time as
    /// `2026-05-12T10:00`. Nothing stands for an empty `follow_up`: whoever empties the field may well want none.
    ///
    /// # Errors
    /// Names the field (`follow_up`) and what is allowed.
    pub fn of_form(follow_up: &str, dropped: bool, now: i64, zone: Tz) -> Result<Self, Invalid> {
        if dropped { Ok(Self::Dropped) } else { follow_up::given(follow_up, now, zone).map(Self::At) }
    }

    /// What it makes at `now` of `lead`, whose open follow-ups are due at `open` (unix milliseconds). An agreed call
    /// moves the lead as one that is logged does.
    ///
    /// # Errors
    /// Where nobody owns the lead, or nothing would change.
    pub fn effect(self, lead: &LeadState, open: &[i64], now: i64) -> Result<LeadState, Invalid> {
        let Self::At(due) = self else {
            let nothing = || Invalid::new("", "No call is agreed on with this lead. Nothing was changed.");
            return if open.is_empty() { Err(nothing()) } else { Ok(lead.clone()) };
        };
        let status = when_agreed(lead).unwrap_or(lead.status);
        if status != lead.status && !lead.may_take(status) {
            let nobody = "Nobody owns this lead, so nobody would make the call: assign it first. Nothing was changed.";
            return Err(Invalid::new("follow_up", nobody));
        }
        let after = lead.taking(status, now);
        if open == [due] && after == *lead {
            return Err(Invalid::new("follow_up", "That is the next call already. Nothing was changed."));
        }
        Ok(after)
    }
}
