use leptos::prelude::*;

use super::sign_in_again;
use crate::Fault;

/// Says in place why nothing was done, and offers to sign in again where that is what helps: in a new tab, so that
/// what was typed here stays.
#[component]
pub fn FaultNote(fault: Fault) -> impl IntoView {
    let sign_in = (fault == Fault::SignedOut).then(|| {
        view! {
            " "
            <a href=sign_in_again() target="_blank" rel="opener">
                "Sign in (opens in a new tab)"
            </a>
        }
    });
    view! {
        <p class="note" data-kind="problem" role="alert">
            {fault.to_string()}
            {sign_in}
        </p>
    }
}
