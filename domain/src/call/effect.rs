use super::NewCall;
use crate::{
    Invalid,
    status::{self, Status},
};

pub(super) const NO_SUCH_STATUS: &str = "That status no longer exists. Choose from the list.";

/// What a call may change of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadState {
    pub status: i64,
    pub owner: Option<i64>,
    /// The agent who owned it when it became a customer.
    pub converter: Option<i64>,
    /// When it became a customer, in unix milliseconds.
    pub converted_at: Option<i64>,
}

impl LeadState {
    /// Whether `status` can be taken: without an owner, a lead is Unassigned or a customer.
    #[must_use]
    pub fn may_take(&self, status: i64) -> bool {
        self.owner.is_some() || status == status::UNASSIGNED || status == status::CUSTOMER
    }

    /// The state after taking `status` at `now`: Unassigned takes the owner away, Customer writes the owner down as
    /// the converter, leaving Customer forgets both.
    #[must_use]
    pub fn taking(&self, status: i64, now: i64) -> Self {
        if status == self.status {
            return self.clone();
        }
        let converts = status == status::CUSTOMER;
        Self {
            status,
            owner: if status == status::UNASSIGNED { None } else { self.owner },
            converter: if converts { self.owner } else { None },
            converted_at: converts.then_some(now),
        }
    }

    /// The state once it is given to an agent by hand: what was Unassigned becomes Assigned, whatever else keeps its
    /// status.
    #[must_use]
    pub fn given_to(&self, agent: i64) -> Self {
        let status = if self.status == status::UNASSIGNED { status::ASSIGNED } else { self.status };
        Self { status, owner: Some(agent), ..self.clone() }
    }
}

/// The status that a lead takes when a next call is agreed on; a customer stays one.
pub(super) fn when_agreed(lead: &LeadState) -> Option<i64> {
    (lead.status != status::CUSTOMER).then_some(status::FOLLOWUPS)
}

/// What logging `call` at `now` makes of `lead`; the same state where nothing changes. A status that was chosen goes
/// before what the call does by itself. A customer with a date for the next call stays a customer.
///
/// # Errors
/// Where the chosen status doesn't exist (`statuses` are all there are), isn't this person's to choose
/// (`may_unassign`), needs an owner that the lead doesn't have, or would take back that the lead became a customer since
/// it was chosen.
pub fn effect(
    call: &NewCall,
    lead: &LeadState,
    statuses: &[Status],
    may_unassign: bool,
    now: i64,
) -> Result<LeadState, Invalid> {
    let NewCall { follow_up, lead_status, seen_status, .. } = *call;
    Taken { agreed: follow_up.is_some(), lead_status, seen_status }.effect(lead, statuses, may_unassign, now)
}

/// What of a call decides which status its lead takes.
pub(super) struct Taken {
    /// Whether a next call is agreed on.
    pub agreed: bool,
    pub lead_status: Option<i64>,
    pub seen_status: Option<i64>,
}

impl Taken {
    /// As [`effect`] says.
    pub fn effect(
        &self,
        lead: &LeadState,
        statuses: &[Status],
        may_unassign: bool,
        now: i64,
    ) -> Result<LeadState, Invalid> {
        let by_itself = if self.agreed { when_agreed(lead) } else { None };
        let Some(status) = self.lead_status.or(by_itself) else { return Ok(lead.clone()) };
        let field = if self.lead_status.is_some() { "lead_status" } else { "status" };
        if !statuses.iter().any(|known| known.id == status) {
            return Err(Invalid::new(field, NO_SUCH_STATUS));
        }
        if status == status::UNASSIGNED && status != lead.status && !may_unassign {
            return Err(Invalid::new(field, "Only a manager can take a lead off its owner: choose another status."));
        }
        let unseen = self.seen_status.is_some_and(|seen| seen != lead.status);
        if unseen && lead.status == status::CUSTOMER && status != status::CUSTOMER {
            return Err(Invalid::new(field, "This lead has become a customer meanwhile: leave its status as it is."));
        }
        if !lead.may_take(status) {
            return Err(Invalid::new(
                field,
                "Nobody owns this lead, so it stays Unassigned until it is assigned. The call was not logged.",
            ));
        }
        Ok(lead.taking(status, now))
    }
}
