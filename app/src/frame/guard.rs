use leptos::prelude::*;

use crate::{
    Fault,
    sign_in::{Session, Visitor},
    ui::{FaultNote, redirect, set_status, sign_in_again},
};

/// Leads those who aren't signed in to the sign-in page, and says so when the session ends while the page is open.
#[component]
pub fn SignedInOnly() -> impl IntoView {
    let session = Session::current();
    let guard = move || match session.visitor()? {
        Ok(Visitor::SignedIn(_)) => None,
        Ok(Visitor::SignedOut | Visitor::FirstRun) => {
            redirect(&sign_in_again());
            None
        }
        Err(fault) => {
            set_status(503);
            Some(view! { <FaultNote fault /> })
        }
    };
    view! {
        <Suspense>{guard}</Suspense>
        {move || session.ended().then(|| view! { <FaultNote fault=Fault::SignedOut /> })}
    }
    .into_any()
}
