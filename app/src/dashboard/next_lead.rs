use leptos::{html, prelude::*};

use super::{DASHBOARD, LastCall, NextLead};
use crate::{
    calls::{CallOptions, LastLog, LogCallForm, LogNote, LoggedCall, NotLogged, Place},
    leads::{NEXT_LEADS, detail::NotNoted, kind_of},
    ui::{Empty, MomentView, follow_untouched, kept},
};

/// The lead to call next, and the form that logs the call. It stays while something is typed, whatever else happens
/// to the queue.
#[component]
pub fn NextLeadCard(
    next: Signal<Option<NextLead>>,
    /// The form of the next lead as of the latest load.
    latest: Signal<Option<CallOptions>>,
    /// Leads on the queue.
    load: Signal<i64>,
    /// Reads the dashboard again.
    reread: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let touched = RwSignal::new(false);
    let form = NodeRef::new();
    let shown = follow_untouched(next, touched);
    let last = LastLog::current();
    let logged = move |call: LoggedCall| {
        last.logged(&call);
        last.bring_into_view();
        reread();
    };
    let id = |lead: &Option<NextLead>| lead.as_ref().map(|lead| lead.id);
    let passed = Memo::new(move |_| touched.get() && shown.with(id) != next.with(id));
    view! {
        // What is said above the form is in sight where a plain form leads back to it.
        <div id="log-call">
            <LogNote place=Place::Dashboard here=DASHBOARD undone=move |_| reread() />
            <NotLogged shown=shown.with_untracked(id) place=Place::Dashboard />
            <NotNoted place=Place::Dashboard />
            <div role="status">{move || passed.get().then(|| passed_by(touched, form))}</div>
            {move || match shown.get() {
                Some(lead) => view! { <Card lead next latest touched form logged /> }.into_any(),
                None => nothing(load.get()),
            }}
        </div>
    }
    .into_any()
}

/// Says that the card waits for what is typed.
fn passed_by(touched: RwSignal<bool>, form: NodeRef<html::Form>) -> AnyView {
    // The next lead's form takes the place of this one, and would keep what was typed.
    let go_on = move |_| {
        if let Some(form) = form.get_untracked() {
            form.reset();
        }
        touched.set(false);
    };
    view! {
        <p class="note next-passed">
            <span>"This lead is no longer the next one. What you typed stays until you log it or go on."</span>
            <button class="button" type="button" on:click=go_on>"Go on"</button>
        </p>
    }
    .into_any()
}

#[component]
fn Card(
    lead: NextLead,
    next: Signal<Option<NextLead>>,
    latest: Signal<Option<CallOptions>>,
    touched: RwSignal<bool>,
    form: NodeRef<html::Form>,
    logged: impl Fn(LoggedCall) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    // Of a lead that is no longer the next one, that isn't known.
    let id = lead.id;
    let status = Signal::derive(move || {
        next.with(|next| next.as_ref().filter(|next| next.id == id).map(|next| (next.status_id, next.status.clone())))
    });
    let zone = lead.call.time_zone.clone();
    let time_zone = Signal::derive(move || {
        next.with(|next| next.as_ref().map(|next| next.call.time_zone.clone())).unwrap_or_else(|| zone.clone())
    });
    let kind = kind_of(lead.status_id, true);
    // Its times follow the company's clocks while something is typed below.
    let first = StoredValue::new(lead.clone());
    let now = kept(move || next.get().filter(|next| next.id == id));
    let now = move || now.get().unwrap_or_else(|| first.get_value());
    view! {
        <section class="card next-lead" aria-labelledby="next-lead-title">
            <div class="card-head call-head">
                <div>
                    <h2 id="next-lead-title">"Next: " <a href=format!("/leads/{}", lead.id)>{lead.name}</a></h2>
                    <p>
                        <span class="pill" data-kind=kind>{lead.status}</span>
                        " "
                        {move || waits(now())}
                    </p>
                </div>
                <a class="button" data-kind="primary" href=format!("tel:{}", lead.phone)>"Call " {lead.phone.clone()}</a>
            </div>
            {move || now().last.map(last_call)}
            <LogCallForm options=lead.call latest status time_zone place=Place::Dashboard logged touched form />
        </section>
    }
    .into_any()
}

fn waits(lead: NextLead) -> AnyView {
    match lead.due {
        Some(due) => view! {
            "Call agreed for "
            <MomentView moment=due />
            {lead.overdue.then(|| view! { " " <span class="overdue">"overdue"</span> })}
        }
        .into_any(),
        None => view! { "On this status since " <MomentView moment=lead.since /> }.into_any(),
    }
}

fn last_call(last: LastCall) -> AnyView {
    let LastCall { at, by, outcome, note } = last;
    let note = (!note.is_empty()).then(|| view! { <blockquote>{note}</blockquote> });
    view! {
        <div class="last-call">
            <p>"Last call " <MomentView moment=at /> ", " {by} ": " <b>{outcome}</b></p>
            {note}
        </div>
    }
    .into_any()
}

fn nothing(load: i64) -> AnyView {
    if load == 0 {
        return view! {
            <Empty title="No leads assigned to you">{NEXT_LEADS}</Empty>
        }
        .into_any();
    }
    view! {
        <Empty title="Nobody to call right now">
            "Everybody on your queue was called today. Whoever wasn't reached comes back an hour after the call, and what is agreed for later stays below. "
            <a href="/tasks">"Open the tasks"</a>
            " to call somebody sooner."
        </Empty>
    }
    .into_any()
}
