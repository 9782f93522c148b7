use leptos::prelude::*;

use super::{FaultNote, set_status};
use crate::Fault;

/// Stands where a page would, with the status that its fault has.
#[component]
pub fn Refused(fault: Fault) -> impl IntoView {
    match fault {
        Fault::Forbidden => set_status(403),
        Fault::NotFound => set_status(404),
        // The frame leads on to the sign-in page, with a status of its own.
        Fault::SignedOut => {}
        _ => set_status(503),
    }
    view! { <FaultNote fault /> }
}
