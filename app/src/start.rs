use calliyo_domain::permission::Permissions;
use leptos::prelude::*;

use crate::{
    Fault,
    dashboard::DASHBOARD,
    settings::CONFIGURATIONS,
    sign_in::{SIGN_IN, Session, Visitor},
    ui::{NotRead, redirect},
};

/// The first page that a role with `permissions` may see.
pub fn start_path(permissions: &Permissions) -> &'static str {
    match permissions {
        Permissions { tasks: true, .. } => DASHBOARD,
        Permissions { settings: true, .. } => CONFIGURATIONS,
        Permissions { management: true, .. } => DASHBOARD,
        Permissions { users: true, .. } => "/users",
        Permissions { reports: true, .. } => "/reports",
        _ => "/account",
    }
}

/// `/`: leads on to where the visitor begins.
#[component]
pub fn StartPage() -> impl IntoView {
    let session = Session::current();
    let lead_on = |visitor: Result<Visitor, Fault>| match visitor {
        Ok(Visitor::SignedIn(viewer)) => {
            redirect(start_path(&viewer.permissions));
            None
        }
        Ok(Visitor::SignedOut | Visitor::FirstRun) => {
            redirect(SIGN_IN);
            None
        }
        Err(fault) => Some(view! {
            <main class="alone">
                <h1>"Calliyo"</h1>
                <NotRead fault />
            </main>
        }),
    };
    view! { <Suspense>{move || session.visitor().map(lead_on)}</Suspense> }
}
