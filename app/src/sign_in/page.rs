use leptos::prelude::*;
use leptos_meta::Title;

use super::{Session, SignInForm, Visitor, first_admin::FirstAdminForm};
use crate::{
    Fault,
    ui::{NotRead, parameter, problem_in_address, redirect, set_status},
};

/// The sign-in form, or on a fresh installation the one that makes the first admin.
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = Session::current();
    let content = async move {
        match session.resolve().await {
            Ok(Visitor::SignedIn(_)) => {
                redirect("/");
                ().into_any()
            }
            Ok(Visitor::SignedOut) => view! { <SignInPageForm /> }.into_any(),
            Ok(Visitor::FirstRun) => view! { <FirstAdminForm /> }.into_any(),
            Err(fault) => view! { <Unavailable fault /> }.into_any(),
        }
    };
    view! {
        <main class="alone">
            <p class="brand">
                <img src="/favicon.svg" alt="" width="28" height="28" />
                "Calliyo"
            </p>
            <Suspense>{Suspend::new(content)}</Suspense>
        </main>
    }
}

#[component]
fn SignInPageForm() -> impl IntoView {
    view! {
        <Title text="Sign in" />
        <h1>"Sign in"</h1>
        <SignInForm next=parameter("next").unwrap_or_default() in_address=problem_in_address() />
    }
}

#[component]
fn Unavailable(fault: Fault) -> impl IntoView {
    set_status(503);
    view! {
        <Title text="Sign in" />
        <h1>"Sign in"</h1>
        <NotRead fault />
    }
}
