use leptos::{ev::SubmitEvent, html, prelude::*, server_fn::ServerFn};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use super::{
    CallOptions, LogCall, LoggedCall, NotDone, Place, TypedCall,
    fields::{FIELDS, Fields},
    keys::{begin_where_asked, log_by_keys},
    parts::lead_to,
    stopwatch::Stopwatch,
};
use crate::{
    Fault,
    ui::{Refusal, json_parameter, parameter, post, problem_in_address},
};

/// Logs a call on a lead. It posts by itself where there is no JavaScript.
#[component]
pub fn LogCallForm(
    options: CallOptions,
    place: Place,
    /// Called when a call was logged.
    logged: impl Fn(LoggedCall) + Copy + Send + Sync + 'static,
    /// Set while something is typed that isn't logged.
    #[prop(optional)]
    touched: Option<RwSignal<bool>>,
    /// The form, for whoever throws away what is typed.
    #[prop(optional)]
    form: Option<NodeRef<html::Form>>,
) -> impl IntoView {
    let log = ServerAction::<LogCall>::new();
    let form = form.unwrap_or_default();
    let lead = options.lead;
    let (typed, in_address) = brought_back(lead);
    let came_back = in_address.is_some();
    let refusal = Refusal::since(in_address, log.value().into());
    let navigate = StoredValue::new(use_navigate());
    let path = use_location().pathname.get_untracked();
    let clean = if place == Place::Tasks { format!("{path}?from=tasks") } else { path };
    let pending = log.pending();

    if place == Place::Tasks {
        log_by_keys(form);
        begin_where_asked(form);
    }
    let touch = move |is: bool| {
        if let Some(touched) = touched {
            touched.set(is);
        }
    };
    let watch = Stopwatch::of(form, move || touch(true));
    let send = post(log);
    let submit = move |event: SubmitEvent| {
        if !pending.get_untracked() {
            watch.show();
        }
        send(event);
    };
    Effect::new(move |_| match log.value().get() {
        Some(Ok(call)) => {
            watch.stop();
            if let Some(form) = form.get_untracked() {
                form.reset();
            }
            touch(false);
            // What a plain form brought isn't to come back with a reload.
            if came_back {
                navigate.with_value(|go| {
                    go(&clean, NavigateOptions { replace: true, scroll: false, ..Default::default() })
                });
            }
            logged(call);
        }
        Some(Err(fault)) => lead_to("call", &fault),
        None => {}
    });

    view! {
        <form
            class="log-call"
            method="post"
            action=LogCall::url()
            novalidate
            autocomplete="off"
            node_ref=form
            on:input=move |event| {
                touch(true);
                watch.hear(&event);
            }
            on:submit=submit
        >
            <input type="hidden" name="id" value=lead />
            <input type="hidden" name="place" value=place.key() />
            <Fields options typed refusal watch />
            <div class="log-call-foot">
                <button class="button" data-kind="primary" type="submit" aria-disabled=move || pending.get().then_some("true")>
                    {move || if pending.get() { "Logging…" } else { "Log call" }}
                </button>
                {(place == Place::Tasks).then(key_help)}
            </div>
            {move || refusal.elsewhere(&FIELDS).map(|fault| view! { <NotDone fault what="the call was not logged" /> })}
        </form>
    }
    .into_any()
}

fn key_help() -> impl IntoView {
    view! {
        <p class="keys">
            "Keys: " <kbd>"1"</kbd> "–" <kbd>"7"</kbd> " log that outcome, " <kbd>"f"</kbd> " follow-up, " <kbd>"n"</kbd>
            " note, " <kbd>"u"</kbd> " undoes the last call."
        </p>
    }
}

/// What the address brings back of a form on this lead that was refused, and why.
fn brought_back(lead: i64) -> (TypedCall, Option<Fault>) {
    if parameter("call_on").and_then(|id| id.parse().ok()) != Some(lead) {
        return Default::default();
    }
    (json_parameter("call").unwrap_or_default(), problem_in_address())
}
