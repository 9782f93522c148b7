use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, MouseEvent};

use super::here;

const QUESTION: &str = "You have changes that are not saved. Leave and discard them?";

/// How long after the press of a link that hands over to another program, such as the telephone, nothing is asked, in
/// milliseconds: browsers call that an unload, too.
const HANDING_OVER: f64 = 1000.0;

/// What the open page holds that isn't saved.
#[derive(Clone, Copy)]
pub struct LeaveGuard {
    /// Each form's own, with its page's address.
    unsaved: StoredValue<Vec<(Signal<bool>, Signal<String>)>>,
    handed_over_at: StoredValue<f64>,
}

/// While `unsaved` holds, asks before the page is left, once for all of its forms: by the browser's own question when
/// the page is unloaded, and by ours when a link, Back or Forward leads to another page of this site, which unloads
/// nothing. What the page does by itself isn't asked about.
pub fn ask_before_leaving(unsaved: Signal<bool>) {
    let LeaveGuard { unsaved: forms, .. } = expect_context();
    let here = here();
    Effect::new(move |_| {
        forms.update_value(|forms| forms.push((unsaved, here)));
        on_cleanup(move || {
            forms.try_update_value(|forms| forms.retain(|(form, _)| *form != unsaved));
        });
    });
}

/// Asks before the page is left once something is typed into a form, unless that is on its way (`busy`). Gives what is
/// to hear of the form's input.
pub fn guard_typed(busy: Signal<bool>) -> impl Fn(Event) + Copy + 'static {
    let typed = RwSignal::new(false);
    ask_before_leaving(Signal::derive(move || typed.get() && !busy.get()));
    move |_| typed.set(true)
}

impl LeaveGuard {
    /// For all pages, as long as the site is open.
    pub fn provide() {
        let guard = Self { unsaved: StoredValue::new(Vec::new()), handed_over_at: StoredValue::new(f64::NEG_INFINITY) };
        provide_context(guard);
        // At the window itself, events are heard in the order of asking, and the router asks when it is built.
        if cfg!(target_arch = "wasm32") {
            hear_first("popstate", move |event| guard.go_through_history(&event));
        }
        Effect::new(move |_| {
            let unload = window_event_listener(ev::beforeunload, move |event| {
                if guard.at_stake().is_some() && !guard.hands_over() {
                    event.prevent_default();
                }
            });
            on_cleanup(move || unload.remove());
            hear_first("click", move |event| guard.follow_link(&event));
        });
    }

    pub fn current() -> Self {
        expect_context()
    }

    /// Whether the open page holds something unsaved.
    pub fn holds(self) -> bool {
        self.at_stake().is_some()
    }

    /// The address of the open page, where that holds something unsaved.
    fn at_stake(self) -> Option<String> {
        self.unsaved.with_value(|forms| {
            let (_, here) = forms.iter().find(|(unsaved, _)| unsaved.try_get_untracked() == Some(true))?;
            here.try_get_untracked()
        })
    }

    fn hands_over(self) -> bool {
        js_sys::Date::now() - self.handed_over_at.get_value() < HANDING_OVER
    }

    fn follow_link(self, event: &Event) {
        let Some(to) = followed_here(event) else { return };
        if ["tel:", "mailto:"].iter().any(|scheme| to.starts_with(scheme)) {
            self.handed_over_at.set_value(js_sys::Date::now());
        } else if to.starts_with('/') && self.at_stake().is_some_and(|here| stays(&here, &to)) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    }

    /// Who stays keeps the address. It becomes the newest in the browser's history: whether the way led back or forward
    /// can't be known.
    fn go_through_history(self, event: &Event) {
        let Some(here) = self.at_stake() else { return };
        let location = window().location();
        let to = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        if stays(&here, &to) {
            event.stop_immediate_propagation();
            let restored =
                window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&here)));
            if let Err(error) = restored {
                leptos::logging::warn!("the address isn't the page's: {error:?}");
            }
        }
    }
}

/// Hears events on their way down, before the router does, as long as the site is open.
fn hear_first(event: &str, hear: impl FnMut(Event) + 'static) {
    let hear = Closure::<dyn FnMut(Event)>::new(hear).into_js_value();
    if let Err(error) = window().add_event_listener_with_callback_and_bool(event, hear.unchecked_ref(), true) {
        leptos::logging::warn!("{event} can't be guarded: {error:?}");
    }
}

/// Whether somebody on the page `here` who was on the way to the address `to` stays: asks, if that is another page.
fn stays(here: &str, to: &str) -> bool {
    page(here) != page(to) && !window().confirm_with_message(QUESTION).unwrap_or(true)
}

/// What tells an address's page from others: its path, and in the settings the tab.
fn page(address: &str) -> (&str, Option<&str>) {
    let address = address.split('#').next().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    (path, query.split('&').find(|part| part.starts_with("tab=")))
}

/// The address of the link that this click follows in place of the page.
fn followed_here(event: &Event) -> Option<String> {
    let event: &MouseEvent = event.dyn_ref()?;
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if modified || event.button() != 0 {
        return None;
    }
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    if link.has_attribute("target") { None } else { link.get_attribute("href") }
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn pages_of_addresses() {
        for (here, to, same) in [
            ("/leads/1", "/leads/1?shown=300#timeline-note-2", true),
            ("/leads/1?from=tasks", "/leads/2?from=tasks", false),
            ("/settings?tab=general", "/settings?tab=configurations", false),
            ("/settings?tab=general", "/settings?problem=%7B%7D&tab=general", true),
            ("/dashboard?sort=calls", "/dashboard", true),
        ] {
            assert_eq!(page(here) == page(to), same, "{here} and {to}");
        }
    }
}
