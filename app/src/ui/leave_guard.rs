use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, MouseEvent};

const QUESTION: &str = "You have changes that are not saved. Leave and discard them?";

/// While `unsaved` holds, asks before the page is left: by the browser's own question when the page is unloaded, and
/// by ours when a link leads to another page of this site, which unloads nothing.
pub fn ask_before_leaving(unsaved: Signal<bool>) {
    Effect::new(move |_| {
        let unload = window_event_listener(ev::beforeunload, move |event| {
            if unsaved.get_untracked() {
                event.prevent_default();
            }
        });
        on_cleanup(move || unload.remove());
        // Lives as long as this effect.
        StoredValue::new_local(LinkGuard::new(unsaved));
    });
}

/// Hears clicks on their way down, before the router does.
struct LinkGuard(Closure<dyn FnMut(MouseEvent)>);

impl LinkGuard {
    fn new(unsaved: Signal<bool>) -> Self {
        let hear = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
            let leaves = unsaved.get_untracked() && follows_link_here(&event);
            if leaves && !window().confirm_with_message(QUESTION).unwrap_or(true) {
                event.prevent_default();
                event.stop_propagation();
            }
        });
        let guard = Self(hear);
        if let Err(error) =
            document().add_event_listener_with_callback_and_bool("click", guard.0.as_ref().unchecked_ref(), true)
        {
            leptos::logging::warn!("links can't be guarded: {error:?}");
        }
        guard
    }
}

impl Drop for LinkGuard {
    fn drop(&mut self) {
        // A listener that was never added is no loss.
        let _ = document().remove_event_listener_with_callback_and_bool("click", self.0.as_ref().unchecked_ref(), true);
    }
}

/// Whether this click makes the router show another page in place of this one.
fn follows_link_here(event: &MouseEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if modified || event.button() != 0 {
        return false;
    }
    let link = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("a[href]").ok().flatten())
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    link.is_some_and(|link| {
        let address = link.get_attribute("href").unwrap_or_default();
        !link.has_attribute("target") && address.starts_with('/')
    })
}
