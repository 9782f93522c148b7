use std::time::Duration;

use calliyo_domain::call::CallStatus;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

use super::clock;

/// The links that ring, beside the form.
const LINKS: &str = "#log-call a[href^='tel:']";
/// The field's id.
const DURATION: &str = "call-duration";
const CHOSEN: &str = "[name='call[status]']:checked";

/// Measures a call: from the press of the link that rings until a duration is typed or the call is logged. What it
/// counts stands in the form's field; nothing where the chosen outcome says that nobody talked.
#[derive(Clone, Copy)]
pub struct Stopwatch {
    form: NodeRef<html::Form>,
    /// When the link was pressed, in unix milliseconds.
    since: RwSignal<Option<f64>>,
}

impl Stopwatch {
    /// Calls `started` with each press that starts it.
    pub fn of(form: NodeRef<html::Form>, started: impl Fn() + Copy + 'static) -> Self {
        let watch = Self { form, since: RwSignal::new(None) };
        Effect::new(move |_| {
            let press = window_event_listener(ev::click, move |event| {
                if rings(&event) && watch.start() {
                    started();
                }
            });
            on_cleanup(move || press.remove());
        });
        Effect::new(move |_| {
            if watch.runs()
                && let Ok(timer) = set_interval_with_handle(move || watch.tick(), Duration::from_secs(1))
            {
                on_cleanup(move || timer.clear());
            }
        });
        watch
    }

    pub fn runs(self) -> bool {
        self.since.with(Option::is_some)
    }

    /// What was typed before is the person's own: then it doesn't start.
    fn start(self) -> bool {
        let typed = self.field().is_some_and(|field| !field.value().is_empty());
        let starts = self.since.get_untracked().is_some() || !typed;
        if starts {
            self.since.set(Some(js_sys::Date::now()));
        }
        starts
    }

    pub fn stop(self) {
        self.since.set(None);
    }

    /// Something was typed or chosen in the form.
    pub fn hear(self, event: &Event) {
        if event_target::<Element>(event).id() == DURATION {
            self.stop();
        } else {
            self.show();
        }
    }

    /// Writes into the field what is counted.
    pub fn show(self) {
        if let Some(since) = self.since.get_untracked()
            && let Some(field) = self.field()
        {
            // A clock that was set back counts nothing.
            let seconds = (js_sys::Date::now() - since).max(0.0) as i64 / 1000;
            field.set_value(&if self.talked() { clock(seconds) } else { String::new() });
        }
    }

    /// Leaves a field alone in which somebody may be about to type.
    fn tick(self) {
        if document().active_element().is_none_or(|here| here.id() != DURATION) {
            self.show();
        }
    }

    fn talked(self) -> bool {
        let chosen = self.input(CHOSEN).and_then(|chosen| CallStatus::from_key(&chosen.value()));
        !matches!(chosen, Some(CallStatus::Busy | CallStatus::NoAnswer | CallStatus::Missed))
    }

    fn field(self) -> Option<HtmlInputElement> {
        self.input(&format!("#{DURATION}"))
    }

    fn input(self, which: &str) -> Option<HtmlInputElement> {
        let form = self.form.get_untracked()?;
        form.query_selector(which).ok()??.dyn_into().ok()
    }
}

fn rings(event: &Event) -> bool {
    let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    pressed.is_some_and(|pressed| pressed.closest(LINKS).is_ok_and(|link| link.is_some()))
}
