use leptos::prelude::*;

use crate::{
    sign_in::{Session, Visitor},
    ui::{NotRead, redirect, set_status, sign_in_again},
};

/// Leads those who aren't signed in to the sign-in page.
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
            Some(view! { <NotRead fault /> })
        }
    };
    view! { <Suspense>{guard}</Suspense> }.into_any()
}
