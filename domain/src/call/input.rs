use super::{CallStatus, Direction};
#[cfg(feature = "server")]
use super::{LeadState, effect::Taken};
#[cfg(feature = "server")]
use crate::{Invalid, Together as _, digits, note, status::Status};

/// A call that may be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCall {
    pub says: Record,
    /// When to call again, in unix milliseconds; present where the status asks for it, and only there.
    pub follow_up: Option<i64>,
    /// The status that the lead is to take; nothing leaves it to the call.
    pub lead_status: Option<i64>,
    /// The status that the lead had where that was chosen, if it is known.
    pub seen_status: Option<i64>,
}

/// What the log says of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub status: CallStatus,
    pub direction: Direction,
    pub duration_seconds: i64,
    pub note: String,
}

/// A call as a form sends it.
#[cfg(feature = "server")]
#[derive(Clone, Copy, Debug, Default)]
pub struct CallForm<'a> {
    pub status: &'a str,
    /// Empty: outgoing.
    pub direction: &'a str,
    /// Seconds, `m:ss` or `h:mm:ss`; empty: none.
    pub duration: &'a str,
    pub note: &'a str,
    /// Company time as `2026-05-12T10:00`; empty: the default.
    pub follow_up: &'a str,
    /// A status id; empty: as it is.
    pub lead_status: &'a str,
    /// The id of the status that the form showed as the lead's; empty: not known.
    pub seen_status: &'a str,
}

/// The fields by which a call is refused, in the form's order.
pub const FIELDS: [&str; 6] = ["status", "follow_up", "direction", "duration", "lead_status", "note"];

#[cfg(feature = "server")]
const LONGEST: i64 = 24 * 60 * 60;

#[cfg(feature = "server")]
impl CallForm<'_> {
    /// Checks what the form brought at `now`, for a company of `country` (ISO 3166-1 alpha-2) whose clocks show `zone`.
    ///
    /// # Errors
    /// Names each field that is wrong and what is allowed.
    pub fn check(&self, now: i64, zone: chrono_tz::Tz, country: &str) -> Result<NewCall, Invalid> {
        let follow_up = match self.asks_for_a_date() {
            true => super::follow_up::parse(self.follow_up, now, zone, country).map(Some),
            false => Ok(None),
        };
        let fields = (self.record(), follow_up, status_id(self.lead_status), status_id(self.seen_status));
        let (says, follow_up, lead_status, seen_status) =
            fields.together().map_err(|invalid| invalid.in_order(&FIELDS))?;
        Ok(NewCall { says, follow_up, lead_status, seen_status })
    }

    /// What [`super::effect`] makes of `lead`, as far as the form can be read, so that what is wrong with the status is
    /// known whatever else is wrong.
    ///
    /// # Errors
    /// As of [`super::effect`], and where the form's status can't be read.
    pub fn effect(
        &self,
        lead: &LeadState,
        statuses: &[Status],
        may_unassign: bool,
        now: i64,
    ) -> Result<LeadState, Invalid> {
        let (lead_status, seen_status) = (status_id(self.lead_status), status_id(self.seen_status)).together()?;
        let taken = Taken { agreed: self.asks_for_a_date(), lead_status, seen_status };
        taken.effect(lead, statuses, may_unassign, now)
    }

    fn asks_for_a_date(&self) -> bool {
        CallStatus::from_key(self.status.trim()).is_some_and(CallStatus::asks_for_a_date)
    }

    /// Checks what the form says of the call itself, and nothing of what is to come.
    ///
    /// # Errors
    /// Names each field that is wrong and what is allowed.
    pub fn record(&self) -> Result<Record, Invalid> {
        let status =
            CallStatus::from_key(self.status.trim()).ok_or_else(|| Invalid::new("status", "Choose how the call went."));
        let direction = match self.direction.trim() {
            "" => Ok(Direction::Outgoing),
            key => Direction::from_key(key)
                .ok_or_else(|| Invalid::new("direction", "A call is either outgoing or incoming.")),
        };
        let fields = (status, direction, duration(self.duration), note::check(self.note));
        let (status, direction, duration_seconds, note) = fields.together()?;
        Ok(Record { status, direction, duration_seconds, note })
    }
}

#[cfg(feature = "server")]
fn duration(text: &str) -> Result<i64, Invalid> {
    let bad = || {
        Invalid::new("duration", "Duration is seconds, or minutes and seconds such as 2:30, from nothing to 24 hours.")
    };
    let text = digits::plain(text.trim());
    if text.is_empty() {
        return Ok(0);
    }
    let parts: Vec<&str> = text.split(':').collect();
    if parts.len() > 3 || parts.iter().any(|part| part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit())) {
        return Err(bad());
    }
    let mut seconds = 0_i64;
    for (n, part) in parts.iter().enumerate() {
        let number: i64 = part.parse().map_err(|_| bad())?;
        if (n > 0 && number > 59) || number > LONGEST {
            return Err(bad());
        }
        seconds = seconds * 60 + number;
    }
    if seconds > LONGEST { Err(bad()) } else { Ok(seconds) }
}

#[cfg(feature = "server")]
fn status_id(text: &str) -> Result<Option<i64>, Invalid> {
    match text.trim() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Invalid::new("lead_status", super::effect::NO_SUCH_STATUS)),
    }
}
