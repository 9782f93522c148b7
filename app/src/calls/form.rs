use calliyo_domain::call::CallStatus;
use leptos::{either::Either, ev::SubmitEvent, html, prelude::*, server_fn::ServerFn};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

use super::{
    BroughtBack, CallOptions, LogCall, LoggedCall, NotDone, Place, TypedCall,
    fields::{FIELDS, Fields},
    keys::{AT_FOLLOW_UP, begin_where_asked, log_by_keys},
    once::Once,
    opened::last_shown,
    parts::lead_to,
    stopwatch::Stopwatch,
};
use crate::{
    tasks::Asked,
    ui::{Refusal, SubmitButton, ask_before_leaving, bring_into_view, from_here, made_under, post},
};

/// Logs a call on a lead. It posts by itself where there is no JavaScript.
#[component]
pub fn LogCallForm(
    options: CallOptions,
    /// The same as of the page's latest load, which may be of another lead.
    latest: Signal<Option<CallOptions>>,
    /// The lead's status as it is now, where that is known.
    status: Signal<Option<(i64, String)>>,
    /// IANA name of the company's zone as it is now.
    time_zone: Signal<String>,
    place: Place,
    /// Called when a call was logged.
    logged: impl Fn(LoggedCall) + Copy + Send + Sync + 'static,
    /// Set while something is typed that isn't logged.
    touched: RwSignal<bool>,
    /// The form, for whoever throws away what is typed.
    #[prop(optional)]
    form: NodeRef<html::Form>,
) -> impl IntoView {
    let log = ServerAction::<LogCall>::new();
    let (lead, opened_at) = (options.lead, last_shown(&options, latest));
    let back = BroughtBack::of_address().filter(|back| back.lead == lead);
    let brought = RwSignal::new(back.is_some());
    let (typed, in_address) = back.map(|back| (back.typed, back.fault)).unwrap_or_default();
    let tasks = (place == Place::Tasks).then(|| Asked::of_address().get_untracked());
    let forget = brought.get_untracked().then(|| forgetting(tasks.as_ref().map(|tasks| tasks.lead(lead))));
    let refusal = Refusal::since(in_address, log.value().into());
    let made = made_under(options.time_zone.clone(), time_zone, touched.into(), refusal);
    // What was brought back was typed.
    Effect::new(move |_| {
        if brought.get_untracked() {
            touched.set(true);
        }
    });
    if place == Place::Tasks {
        log_by_keys(form);
        begin_where_asked(form);
    }
    let calls = RwSignal::new(0);
    let watch = Stopwatch::of(form, move || touched.set(true));
    let noted = RwSignal::new(!typed.note.is_empty());
    ask_before_leaving(Signal::derive(move || noted.get() || watch.runs()));
    let (pending, send) = (log.pending(), post(log));
    let submit = move |event: SubmitEvent| {
        if !pending.get_untracked() {
            watch.show();
        }
        send(event);
    };
    Effect::new(move |_| match log.value().get() {
        Some(Ok(call)) => {
            watch.stop();
            calls.update(|calls| *calls += 1);
            if let Some(form) = form.get_untracked() {
                form.reset();
            }
            touched.set(false);
            noted.set(false);
            if let Some(forget) = &forget {
                brought.set(false);
                forget();
            }
            logged(call);
        }
        Some(Err(fault)) => lead_to("call", &fault),
        None => {}
    });
    let name = options.name.clone();
    // What was brought back is logged once: then other fields take their place.
    let fields = move || {
        let fields = |typed| view! { <Fields options=options.clone() status time_zone made typed refusal watch /> };
        if brought.get() { Either::Left(fields(typed.clone())) } else { Either::Right(fields(TypedCall::default())) }
    };
    view! {
        <form
            class="log-call"
            method="post"
            action=from_here(LogCall::url())
            novalidate
            autocomplete="off"
            node_ref=form
            on:input=move |event| {
                touched.set(true);
                watch.hear(&event);
                show_date(&event);
                if let Some(note) = event.target().and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok()) {
                    noted.set(!note.value().is_empty());
                }
            }
            on:submit=submit
        >
            <input type="hidden" name="id" value=lead />
            <input type="hidden" name="place" value=place.key() />
            {tasks.map(asked_for)}
            <Once logged=calls />
            <input type="hidden" name="call[time_zone]" value=move || made.get() />
            <input type="hidden" name="call[lead_name]" value=name />
            <input type="hidden" name="call[opened_at]" value=move || opened_at.get() />
            {fields}
            <div class="log-call-foot">
                <SubmitButton label="Log call" busy="Logging…" pending />
                {(place == Place::Tasks).then(key_help)}
            </div>
            {move || refusal.elsewhere(&FIELDS).map(|fault| view! { <NotDone fault what="the call was not logged" /> })}
        </form>
    }
    .into_any()
}

/// The date that an outcome asks for may come up out of sight, behind the button that stays.
fn show_date(event: &Event) {
    let chosen = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let status = chosen.filter(|field| field.type_() == "radio").and_then(|field| CallStatus::from_key(&field.value()));
    if status.is_some_and(CallStatus::asks_for_a_date) {
        request_animation_frame(|| bring_into_view(AT_FOLLOW_UP.trim_start_matches('#')));
    }
}

fn key_help() -> impl IntoView {
    view! {
        <p class="keys">
            "Keys: " <kbd>"1"</kbd> "–" <kbd>"7"</kbd> " log that outcome, " <kbd>"f"</kbd> " follow-up, " <kbd>"n"</kbd>
            " note, " <kbd>"u"</kbd> " undoes the last call."
        </p>
    }
}

/// Takes what a plain form brought out of the address: it isn't to come back with a reload. The address without it is
/// `clean`, or else the path alone.
fn forgetting(clean: Option<String>) -> impl Fn() {
    let navigate = use_navigate();
    let clean = clean.unwrap_or_else(|| use_location().pathname.get_untracked());
    move || navigate(&clean, NavigateOptions { replace: true, scroll: false, ..Default::default() })
}

/// What the list asked for that the lead was reached from: the next lead is one of those.
fn asked_for(Asked { status, due, q, after }: Asked) -> impl IntoView {
    let fields = [("status", status), ("due", due), ("q", q), ("after", after)].into_iter();
    let said = fields.filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| view! { <input type="hidden" name=format!("tasks[{name}]") value=value /> }).collect_view()
}
