use leptos::{html, prelude::*};
use leptos_meta::Title;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlDivElement, HtmlElement};

use crate::{
    sign_in::{Session, SignInForm, Standing},
    ui::here,
};

/// Takes `frame`, all that `holder` holds, out of the document while whom the page was made for isn't signed in, and
/// puts it back as it was, with what was typed in it.
pub fn hide_unless_open(session: Session, holder: NodeRef<html::Div>, frame: NodeRef<html::Div>) {
    let left = StoredValue::new(None::<SendWrapper<Left>>);
    Effect::new(move |_| {
        let open = session.standing() == Standing::Open;
        let (Some(holder), Some(frame)) = (holder.get(), frame.get()) else { return };
        if open {
            if let Some(left) = left.try_update_value(Option::take).flatten() {
                left.put_back(&holder, &frame);
            }
        } else if frame.is_connected() {
            left.set_value(Some(SendWrapper::new(Left::behind(&frame))));
            frame.remove();
        }
    });
}

/// What the page was made of came along in scripts at its end, which have done their work.
fn forget_what_came_along() {
    let Ok(scripts) = document().query_selector_all("body script") else { return };
    for n in 0..scripts.length() {
        if let Some(script) = scripts.get(n).and_then(|script| script.dyn_into::<Element>().ok()) {
            script.remove();
        }
    }
    // Refused only where the browser has no such thing.
    let _ = js_sys::Reflect::set(&window(), &"__RESOLVED_RESOURCES".into(), &js_sys::Array::new());
}

/// How the page was left.
struct Left {
    focus: Option<HtmlElement>,
    scrolled: f64,
}

impl Left {
    fn behind(frame: &HtmlDivElement) -> Self {
        let focus = document().active_element().filter(|here| frame.contains(Some(here)));
        // What was being asked is asked again by whoever wants it.
        if let Ok(Some(open)) = frame.query_selector("dialog[open]")
            && let Some(dialog) = open.dyn_ref::<HtmlDialogElement>()
        {
            dialog.close();
        }
        Self { focus: focus.and_then(|focus| focus.dyn_into().ok()), scrolled: window().scroll_y().unwrap_or_default() }
    }

    fn put_back(&self, holder: &HtmlDivElement, frame: &HtmlDivElement) {
        if let Err(error) = holder.append_child(frame) {
            leptos::logging::error!("the page can't be shown again: {error:?}");
        }
        window().scroll_to_with_x_and_y(0.0, self.scrolled);
        if let Some(focus) = &self.focus {
            // Refused only where the element has gone meanwhile.
            let _ = focus.focus();
        }
    }
}

/// Stands in place of a page that is hidden: says why, and lets sign in at its address.
#[component]
pub fn Hidden() -> impl IntoView {
    let session = Session::current();
    let said = move || match session.standing() {
        Standing::Open => None,
        Standing::Ended => Some(view! { <SignedOut /> }.into_any()),
        Standing::Others(name) => Some(view! { <SomebodyElse name /> }.into_any()),
    };
    view! { {said} }.into_any()
}

#[component]
fn SignedOut() -> impl IntoView {
    let next = here().get_untracked();
    view! {
        <Instead title="You are signed out">
            <p>
                "You signed out elsewhere, or your session was ended. What this page showed is hidden until you sign in again; what you typed is kept, for you alone."
            </p>
            <SignInForm next in_address=None />
        </Instead>
    }
}

#[component]
fn SomebodyElse(name: String) -> impl IntoView {
    view! {
        <Instead title="Somebody else is signed in">
            <p>"This browser is signed in as " <b>{name}</b> " now. What this page showed is gone; what was typed in it was not saved."</p>
            // The browser itself is to load it: nothing of the page before stays.
            <p>
                <a class="button" data-kind="primary" href=here() rel="external">
                    "Open this address as it is for them"
                </a>
            </p>
        </Instead>
    }
}

/// It takes the focus from what is gone.
#[component]
fn Instead(title: &'static str, children: Children) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    Effect::new(move |_| {
        forget_what_came_along();
        if let Some(main) = main.get() {
            request_animation_frame(move || {
                // Refused only where the element is gone, and then another has the focus.
                let _ = main.focus();
            });
        }
    });
    view! {
        <Title text=title />
        <main class="alone" tabindex="-1" aria-labelledby="hidden-title" node_ref=main>
            <p class="brand">
                <img src="/favicon.svg" alt="" width="28" height="28" />
                "Calliyo"
            </p>
            <h1 id="hidden-title">{title}</h1>
            {children()}
        </main>
    }
    .into_any()
}
