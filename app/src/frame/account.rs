use leptos::{prelude::*, server_fn::ServerFn};

use super::theme_switch::ThemeSwitch;
use crate::{
    sign_in::{Session, SignOut},
    ui::{Icon, Symbol, from_here},
};

/// Who is signed in (the way to the own account), the theme, and the way out.
#[component]
pub fn Account() -> impl IntoView {
    let session = Session::current();
    let who = move || {
        session.viewer().map(|viewer| {
            view! {
                <a class="who" href="/account">
                    <span class="visually-hidden">"Your account: "</span>
                    <span class="who-name">{viewer.name}</span>
                    <span class="who-role">{viewer.role}</span>
                </a>
            }
        })
    };
    view! {
        <div class="account">
            <Suspense>{who}</Suspense>
            <ThemeSwitch />
            // Posted by the browser itself: the next page knows nothing of this session.
            <form method="post" action=from_here(SignOut::url())>
                <button class="button" data-kind="quiet" type="submit">
                    <Icon symbol=Symbol::SignOut />
                    "Sign out"
                </button>
            </form>
        </div>
    }
    .into_any()
}
