use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::on_keys;

/// Leads by keyboard into a list's search and out of it: `/` goes there unless something is being typed, Enter to the
/// first row of what is found, once the list isn't `awaited` any more, and Escape leaves it as it is.
pub fn search_by_keys(input: NodeRef<html::Input>, awaited: impl Fn() -> bool + Clone + Send + Sync + 'static) {
    on_keys(move |event| {
        if event.key() == "/"
            && let Some(input) = input.try_get_untracked().flatten()
        {
            event.prevent_default();
            // Refused only where the element is gone.
            let _ = input.focus();
            input.select();
        }
    });
    let goes_on = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(input) = input.get() else { return };
        let listener = {
            let input = input.clone();
            move |event: KeyboardEvent| match event.key().as_str() {
                "Escape" => {
                    // Else the browser would empty it.
                    event.prevent_default();
                    let _ = input.blur();
                }
                // By the next frame it is asked for what was typed.
                "Enter" if !event.is_composing() => request_animation_frame(move || {
                    request_animation_frame(move || {
                        goes_on.try_set(true);
                    });
                }),
                _ => {}
            }
        };
        let keys = window_event_listener(ev::keydown, {
            let input = input.clone();
            move |event| {
                if event.target().is_some_and(|target| target.loose_eq(&input)) {
                    listener(event);
                }
            }
        });
        on_cleanup(move || keys.remove());
    });
    Effect::new(move |_| {
        if goes_on.get() && !awaited() {
            goes_on.set(false);
            // By then the rows are there.
            request_animation_frame(move || {
                let here = input.try_get_untracked().flatten();
                let still =
                    here.is_some_and(|here| document().active_element().is_some_and(|element| element.loose_eq(&here)));
                if still {
                    focus_first_row();
                }
            });
        }
    });
}

fn focus_first_row() {
    let first = document().query_selector("main tbody th a, main tbody td a").ok().flatten();
    if let Some(link) = first.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        // Refused only where the list has changed in this very moment.
        let _ = link.focus();
    }
}

/// Whether what `asked` says is being read: from its change until `page` has an answer.
pub fn awaited<A, T>(asked: Memo<A>, page: Resource<T>) -> Signal<bool>
where
    A: PartialEq + Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    let awaited = RwSignal::new(false);
    Effect::new(move |before: Option<A>| {
        let now = asked.get();
        if before.is_some_and(|before| before != now) {
            awaited.set(true);
        }
        now
    });
    Effect::new(move |_| {
        page.track();
        awaited.set(false);
    });
    awaited.into()
}
