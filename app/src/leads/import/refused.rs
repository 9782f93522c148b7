use leptos::prelude::*;

use crate::{
    Fault,
    not_found::NotFound,
    ui::{FaultNote, PageHead, set_status},
};

/// The page of whoever may not see it, and of what there isn't.
#[component]
pub fn Refused(fault: Fault) -> impl IntoView {
    match fault {
        Fault::NotFound => {
            set_status(404);
            return view! { <NotFound /> }.into_any();
        }
        // The frame leads on to the sign-in page, with a status of its own.
        Fault::SignedOut => {}
        Fault::Forbidden => set_status(403),
        _ => set_status(503),
    }
    view! {
        <PageHead title="Import leads" purpose="" />
        <FaultNote fault />
    }
    .into_any()
}
