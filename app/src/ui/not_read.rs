use std::time::Duration;

use leptos::prelude::*;

use super::{FaultNote, LeaveGuard, here};
use crate::{
    Fault,
    live::Live,
    sign_in::{Session, Standing, who_am_i},
};

/// How often it is tried whether a server that was away is back, and one that failed does better.
const AWAY: Duration = Duration::from_secs(5);
const FAILED: Duration = Duration::from_secs(20);

/// Stands where something would that could not be read. What passes heals by itself: the page is loaded again once the
/// server answers, unless something is typed in it.
#[component]
pub fn NotRead(fault: Fault) -> impl IntoView {
    if fault == Fault::SignedOut {
        reload_once_signed_in();
    }
    if !fault.passes() {
        return view! { <FaultNote fault /> }.into_any();
    }
    let every = if fault == Fault::Unreachable { AWAY } else { FAILED };
    reload_in_time(every);
    view! {
        <p class="note" data-kind="problem" role="alert">
            {said(&fault)}
            " "
            <a href=here() rel="external">"Try again now"</a>
        </p>
    }
    .into_any()
}

/// As [`NotRead`], where what shows it reads again by itself.
#[component]
pub fn NotReadYet(fault: Fault) -> impl IntoView {
    if !fault.passes() {
        return view! { <FaultNote fault /> }.into_any();
    }
    view! {
        <p class="note" data-kind="problem" role="alert">
            {said(&fault)}
        </p>
    }
    .into_any()
}

/// Nothing was sent: what is said of forms would be false.
fn said(fault: &Fault) -> &'static str {
    match fault {
        Fault::Unreachable => "The server can't be reached just now. This is read as soon as it can be.",
        _ => "The server could not read this just now. It is tried again by itself.",
    }
}

/// Who went to another page while nobody was signed in finds it there once they are back.
fn reload_once_signed_in() {
    let session = Session::current();
    Effect::new(move |before: Option<bool>| {
        let open = session.standing() == Standing::Open;
        if open && before == Some(false) {
            reload();
        }
        open
    });
}

fn reload() {
    // Refused by nobody; else the link is there.
    let _ = window().location().reload();
}

fn reload_in_time(every: Duration) {
    let server = Live::current().server();
    let guard = LeaveGuard::current();
    let answered = Action::new(|(): &()| who_am_i());
    Effect::new(move |before: Option<u32>| {
        let returns = server.returns();
        if before.is_some_and(|before| before != returns) {
            answered.dispatch(());
        }
        returns
    });
    Effect::new(move |_| {
        if let Ok(asking) = set_interval_with_handle(move || drop(answered.dispatch(())), every) {
            on_cleanup(move || asking.clear());
        }
    });
    Effect::new(move |_| {
        if answered.value().with(|answer| matches!(answer, Some(Ok(_)))) && !guard.holds() {
            reload();
        }
    });
}
