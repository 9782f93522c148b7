use leptos::{html, prelude::*};
use leptos_router::{components::Outlet, hooks::use_location};

use super::{
    account::Account,
    company::Company,
    connection::ConnectionNote,
    guard::SignedInOnly,
    hidden::{Hidden, hide_unless_open},
    navigation::Navigation,
};
use crate::{
    sign_in::{Session, Standing},
    ui::{Icon, Symbol, of_address},
};

/// A page of the router in its frame.
#[component]
pub fn FramedPage() -> impl IntoView {
    view! {
        <Frame>
            <Outlet />
        </Frame>
    }
}

/// A page in its frame, as long as whom it was made for is signed in. Until they are back it is hidden, and it is given
/// up as soon as somebody else signs in.
#[component]
pub fn Frame(children: ChildrenFn) -> impl IntoView {
    let session = Session::current();
    let given_up = Memo::new(move |_| matches!(session.standing(), Standing::Others(_)));
    let children = StoredValue::new(children);
    view! {
        {move || {
            (!given_up.get()).then(|| view! { <Shown>{children.with_value(|children| children())}</Shown> })
        }}
        <Hidden />
    }
    .into_any()
}

/// A sidebar on wide screens, a bar at the bottom on phones, and one column of content.
#[component]
fn Shown(children: Children) -> impl IntoView {
    let (holder, frame) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    hide_unless_open(Session::current(), holder, frame);
    let main = NodeRef::<html::Main>::new();
    let more = NodeRef::<html::Details>::new();
    on_navigation(move || {
        if let Some(more) = more.get_untracked() {
            more.set_open(false);
        }
        // The router changes pages in place: keyboard and screen reader go on at the new one's content.
        if let Some(main) = main.get_untracked() {
            // Refused only where the element is gone, and then another has the focus.
            let _ = main.focus();
        }
    });
    view! {
        <div node_ref=holder>
        <div class="frame" node_ref=frame>
            // The router would scroll there without moving the focus: `external` leaves the link to the browser.
            <a class="skip-link" href="#main" rel="external">
                "Skip to content"
            </a>
            <header class="sidebar">
                <Navigation />
                <div class="sidebar-account">
                    <Account />
                </div>
                <details class="more" node_ref=more>
                    <summary>
                        <Icon symbol=Symbol::More />
                        "More"
                    </summary>
                    <div class="more-panel">
                        <Company />
                        <Account />
                    </div>
                </details>
            </header>
            <main id="main" tabindex="-1" node_ref=main>
                <div class="content">
                    <SignedInOnly />
                    <ConnectionNote />
                    {children()}
                </div>
            </main>
        </div>
        </div>
    }
    .into_any()
}

/// Calls `then` whenever another page has taken the place of the one before.
fn on_navigation(then: impl Fn() + 'static) {
    let path = use_location().pathname;
    // The settings' tabs are pages of one path.
    let tab = of_address(|text| text("tab"));
    Effect::new(move |before: Option<(String, String)>| {
        let now = (path.get(), tab.get());
        if before.is_some_and(|before| before != now) {
            then();
        }
        now
    });
}
