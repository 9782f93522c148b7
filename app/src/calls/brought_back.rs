use super::TypedCall;
use crate::{
    Fault,
    ui::{json_parameter, parameter, problem_in_address},
};

/// A call that was posted without JavaScript and refused, as the page's address brings it back.
pub struct BroughtBack {
    pub lead: i64,
    pub typed: TypedCall,
    /// Why it was refused.
    pub fault: Option<Fault>,
}

impl BroughtBack {
    pub fn of_address() -> Option<Self> {
        let lead = parameter("call_on")?.parse().ok()?;
        Some(Self { lead, typed: json_parameter("call").unwrap_or_default(), fault: problem_in_address() })
    }
}
