use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

use super::{
    Live, LiveEvent,
    event::{CLOCK, HEARD},
};
use crate::sign_in::Session;

const ADDRESS: &str = "/live";

/// The browser reconnects by itself unless it was refused; after a refusal we try again this much later.
const AFTER_REFUSAL: Duration = Duration::from_secs(15);

/// One stream per page, from hydration on and as long as somebody is signed in.
pub(super) fn listen(live: Live, session: Session) {
    let attempts = RwSignal::new(0_u32);
    let opened_before = RwSignal::new(false);
    let signed_in = Memo::new(move |_| session.viewer().is_some());
    Effect::new(move |_| {
        attempts.track();
        if !signed_in.get() {
            return;
        }
        match Stream::open(live, session, attempts, opened_before) {
            // Owned by this effect, which closes it when it runs again or ends.
            Ok(stream) => {
                StoredValue::new_local(stream);
            }
            Err(error) => leptos::logging::warn!("no live stream: {error:?}"),
        }
    });
}

struct Stream {
    source: EventSource,
    _on_open: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_clock: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Stream {
    fn open(
        live: Live,
        session: Session,
        attempts: RwSignal<u32>,
        opened_before: RwSignal<bool>,
    ) -> Result<Self, wasm_bindgen::JsValue> {
        let mark = mark();
        let source = match &mark {
            Some(mark) => EventSource::new(&format!("{ADDRESS}?since={mark}")),
            None => EventSource::new(ADDRESS),
        }?;
        let on_open = Closure::<dyn FnMut(Event)>::new(move |_| {
            if opened_before.get_untracked() {
                live.missed_some();
            } else {
                opened_before.set(true);
                // Else the stream itself begins with what has changed since the page was made.
                if mark.is_none() {
                    live.began();
                }
            }
        });
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            match serde_json::from_str::<LiveEvent>(&text) {
                Ok(event) => live.hear(event),
                // A newer server may say more than this page understands.
                Err(_) => live.missed_some(),
            }
        });
        let on_clock = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(now) = message.data().as_string().and_then(|text| text.parse().ok()) {
                live.set_clock(now);
            }
        });
        let on_error = Closure::<dyn FnMut(Event)>::new({
            let source = source.clone();
            move |_| {
                // The server ends the stream of whoever is banned, signed out or given another role.
                session.check();
                if source.ready_state() == EventSource::CLOSED {
                    // Perhaps the session has ended: what the pages now read says so.
                    live.missed_some();
                    set_timeout(
                        move || {
                            attempts.try_update(|n| *n += 1);
                        },
                        AFTER_REFUSAL,
                    );
                }
            }
        });
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        source.add_event_listener_with_callback(CLOCK, on_clock.as_ref().unchecked_ref())?;
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { source, _on_open: on_open, _on_message: on_message, _on_clock: on_clock, _on_error: on_error })
    }
}

/// What the page was made with: see [`HEARD`].
fn mark() -> Option<String> {
    let meta = document().query_selector(&format!("meta[name={HEARD}]")).ok().flatten()?;
    meta.get_attribute("content").filter(|mark| !mark.is_empty())
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onerror(None);
        self.source.close();
    }
}
