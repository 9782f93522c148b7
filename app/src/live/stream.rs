use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

use super::{
    Live, LiveEvent,
    event::{CLOCK, HEARD, VIEWER},
};
use crate::sign_in::{Session, Standing};

const ADDRESS: &str = "/live";

/// The browser reconnects by itself unless it was refused; after a refusal we try again this much later.
const AFTER_REFUSAL: Duration = Duration::from_secs(5);

/// One stream per page, from hydration on and as long as whom the page was made for is signed in.
pub(super) fn listen(live: Live, session: Session) {
    let attempts = RwSignal::new(0_u32);
    let listens = Memo::new(move |_| session.viewer().is_some() && session.standing() == Standing::Open);
    let listener = Listener { live, session, attempts, opened_before: RwSignal::new(false) };
    Effect::new(move |_| {
        attempts.track();
        if !listens.get() {
            return;
        }
        live.server().watch(move || listener.try_again());
        match Stream::open(listener) {
            // Owned by this effect, which closes it when it runs again or ends.
            Ok(stream) => {
                StoredValue::new_local(stream);
            }
            Err(error) => leptos::logging::warn!("no live stream: {error:?}"),
        }
    });
}

/// What happens with the stream, each thing in one place.
#[derive(Clone, Copy)]
struct Listener {
    live: Live,
    session: Session,
    attempts: RwSignal<u32>,
    opened_before: RwSignal<bool>,
}

impl Listener {
    /// `marked`: the stream itself begins with what has changed since the page was made.
    fn opened(self, marked: bool) {
        self.live.server().heard();
        if self.opened_before.get_untracked() {
            self.live.missed_some();
            self.live.server().returned();
        } else {
            self.opened_before.set(true);
            if !marked {
                self.live.began();
            }
        }
    }

    fn hear(self, text: &str) {
        self.live.server().heard();
        match serde_json::from_str::<LiveEvent>(text) {
            Ok(event) => self.live.hear(event),
            // A newer server may say more than this page understands.
            Err(_) => self.live.missed_some(),
        }
    }

    /// The server's clock, and what the company's clocks show: "1778459280000 2026-05-11 05:58".
    fn hear_clock(self, text: &str) {
        self.live.server().heard();
        let (now, clocks) = text.split_once(' ').unwrap_or((text, ""));
        if let Ok(now) = now.parse() {
            self.live.set_clock(now);
        }
        self.live.server().clocks_show(clocks);
    }

    fn hear_viewer(self, text: &str) {
        if let Ok(user) = text.parse() {
            self.session.meets(user);
        }
    }

    /// The server has ended the stream, as it does with whoever is banned, signed out or given another role; or it is
    /// gone.
    fn ended(self, refused: bool) {
        self.live.server().broken();
        self.session.check();
        if refused {
            set_timeout(move || self.try_again(), AFTER_REFUSAL);
        }
    }

    fn try_again(self) {
        self.attempts.try_update(|n| *n += 1);
    }
}

struct Stream {
    source: EventSource,
    _on_open: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_clock: Closure<dyn FnMut(MessageEvent)>,
    _on_viewer: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Stream {
    fn open(listener: Listener) -> Result<Self, wasm_bindgen::JsValue> {
        let mark = mark().filter(|_| !listener.opened_before.get_untracked());
        let marked = mark.is_some();
        let source = match mark {
            Some(mark) => EventSource::new(&format!("{ADDRESS}?since={mark}")),
            None => EventSource::new(ADDRESS),
        }?;
        let on_open = Closure::<dyn FnMut(Event)>::new(move |_| listener.opened(marked));
        let on_message = said(move |text| listener.hear(&text));
        let on_clock = said(move |text| listener.hear_clock(&text));
        let on_viewer = said(move |text| listener.hear_viewer(&text));
        let on_error = Closure::<dyn FnMut(Event)>::new({
            let source = source.clone();
            move |_| listener.ended(source.ready_state() == EventSource::CLOSED)
        });
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        source.add_event_listener_with_callback(CLOCK, on_clock.as_ref().unchecked_ref())?;
        source.add_event_listener_with_callback(VIEWER, on_viewer.as_ref().unchecked_ref())?;
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self {
            source,
            _on_open: on_open,
            _on_message: on_message,
            _on_clock: on_clock,
            _on_viewer: on_viewer,
            _on_error: on_error,
        })
    }
}

/// What the page was made with: see [`HEARD`].
fn mark() -> Option<String> {
    let meta = document().query_selector(&format!("meta[name={HEARD}]")).ok().flatten()?;
    meta.get_attribute("content").filter(|mark| !mark.is_empty())
}

/// Calls `hear` with what an event says.
fn said(hear: impl Fn(String) + 'static) -> Closure<dyn FnMut(MessageEvent)> {
    Closure::new(move |message: MessageEvent| hear(message.data().as_string().unwrap_or_default()))
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onerror(None);
        self.source.close();
    }
}
