use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::{
    LeadDetail, fields::LeadFields, gone::Gone, next_call::NextCallCard, note_form::NoteForm, read_lead,
    shown_of_address, timeline::Timeline,
};
use crate::{
    Fault,
    calls::{CorrectedCall, LastLog, LogCallForm, LogNote, LoggedCall, Place, UndoneCall, last_shown},
    leads::{self, ChangeLead, edit::edit_path, kind_of},
    live::Live,
    not_found::NotFound,
    tasks::Asked,
    ui::{DoneNote, Refused, follow_untouched, followed, in_time, parameter, set_status, taken_away},
};

/// `/leads/:id`
#[component]
pub fn LeadPageView() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<i64>().ok())));
    // Another lead is another page, even where the router stays on this one.
    move || match id.get() {
        Some(id) => view! { <OneLead id /> }.into_any(),
        None => {
            set_status(404);
            view! { <NotFound /> }.into_any()
        }
    }
}

#[component]
fn OneLead(id: i64) -> impl IntoView {
    let live = Live::current();
    let shown = shown_of_address();
    let lead = Resource::new(
        move || (shown.get(), live.leads(), live.calls(), live.saves(SectionKey::ShowCustomer) + live.company()),
        move |(shown, ..)| read_lead(id, shown),
    );
    // Not in a closure: later loads don't build the form anew, which would throw away what is typed.
    let content = async move {
        match lead.await {
            Ok(first) => view! { <Lead first lead /> }.into_any(),
            Err(fault) => view! { <Refused fault title="Lead" /> }.into_any(),
        }
    };
    view! {
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>
            {Suspend::new(content)}
        </Transition>
    }
    .into_any()
}

/// What a form did before the page was loaded.
fn done_before() -> Option<&'static str> {
    match parameter("done").as_deref() {
        Some("added") => Some("The lead was added."),
        Some("saved") => Some("Saved."),
        _ => None,
    }
}

/// What a form of the timeline did before the page was loaded.
fn done_to_timeline() -> Option<&'static str> {
    let corrected = parameter("corrected").map(|_| "The call was corrected.");
    corrected.or_else(|| parameter("noted").map(|_| "The note was added."))
}

#[component]
fn Lead(first: LeadDetail, lead: Resource<Result<LeadDetail, Fault>>) -> impl IntoView {
    let (id, agent) = (first.id, first.calls);
    let (title, edit) = (first.name.clone(), edit_path(first.id));
    let latest = Signal::derive(move || lead.get().and_then(Result::ok).map(|lead| lead.call));
    let opened_at = last_shown(&first.call, latest);
    let state = followed(first, lead);
    in_time(Memo::new(move |_| state.with(|state| state.changes_at)), move || lead.refetch());
    let gone = taken_away(lead);
    let choices = Signal::derive(move || state.with(|state| state.choices.clone()).filter(|_| !gone.get()));
    let version = Signal::derive(move || state.with(|state| state.version));
    let owner = Signal::derive(move || state.with(|state| state.owner.clone()));
    let place = if parameter("from").as_deref() == Some("tasks") { Place::Tasks } else { Place::Lead };
    let tasks = StoredValue::new(Asked::of_address().get_untracked());
    let page =
        move |lead| if place == Place::Tasks { tasks.with_value(|tasks| tasks.lead(lead)) } else { place.page(lead) };
    let came_from = move || (place == Place::Tasks).then(|| tasks.with_value(Asked::address));
    let saved = done_before().map(|said| view! { <p class="note" data-kind="done" role="status">{said}</p> });
    let last = LastLog::current();
    let navigate = StoredValue::new(use_navigate());
    let logged = move |call: LoggedCall| {
        last.logged(&call);
        if place == Place::Tasks {
            let next = tasks.with_value(|tasks| tasks.go_on(call.next));
            navigate.with_value(|go| go(&next, Default::default()));
        } else {
            last.bring_into_view();
            lead.refetch();
        }
    };
    let done = RwSignal::new(done_to_timeline().map(str::to_owned));
    let corrected = move |call: CorrectedCall| {
        done.set(Some(call.said));
        lead.refetch();
    };
    let undone = move |call: UndoneCall| {
        lead.refetch();
        if call.lead != id && !call.taken {
            last.carry();
            navigate.with_value(|go| go(&page(call.lead), Default::default()));
        }
    };
    let entries = Signal::derive(move || state.with(|state| state.timeline.clone()));
    let older = Signal::derive(move || state.with(|state| state.older));
    // The statuses to choose from change with the lead; the form must not while somebody types.
    let touched = RwSignal::new(false);
    let typing = RwSignal::new(false);
    let status = Signal::derive(move || state.with(|state| Some((state.status_id, state.status.clone()))));
    let time_zone = Signal::derive(move || state.with(|state| state.call.time_zone.clone()));
    let shown = follow_untouched(Signal::derive(move || state.with(|state| state.call.clone())), touched);
    let log = view! {
        <section class="card" id="log-call" aria-labelledby="log-call-title">
            <div class="card-head call-head">
                <h2 id="log-call-title">"Log a call"</h2>
                {move || state.with(|state| {
                    let phone = state.phone.clone();
                    view! { <a class="button" href=format!("tel:{phone}")>"Call " {phone.clone()}</a> }
                })}
            </div>
            {move || view! { <LogCallForm options=shown.get() latest status time_zone place logged touched /> }}
        </section>
    }
    .into_any();
    let next_call = view! {
        {move || (!gone.get()).then(|| view! { <NextCallCard lead=state place changed=move || lead.refetch() /> })}
    }
    .into_any();
    let change =
        view! { <ChangeLead lead=id version owner place=leads::Place::Lead choices changed=move || lead.refetch() /> }
            .into_any();
    let columns = |one, other| view! { <div class="columns" data-kind="even">{[one, other]}</div> }.into_any();
    // Who works no queue comes to give the lead to somebody.
    let parts = if agent { [log, columns(next_call, change)] } else { [columns(change, next_call), log] };
    let back = match came_from() {
        Some(tasks) => Some((tasks, "Back to the tasks")),
        None => (!agent).then(|| (leads::LEADS.to_owned(), "All leads")),
    };
    view! {
        <Title text=title />
        {back.map(|(page, name)| view! { <p class="back"><a href=page>{name}</a></p> })}
        <div class="page-head lead-head">
            <h1>{move || state.with(|state| state.name.clone())}</h1>
            {move || state.with(|state| {
                let kind = kind_of(state.status_id, state.on_queue);
                view! { <span class="pill" data-kind=kind>{state.status.clone()}</span> }
            })}
            {move || (!gone.get()).then(|| view! { <a class="button" href=edit.clone()>"Edit"</a> })}
        </div>
        {saved}
        <LogNote place here=page(id) undone />
        {move || gone.get().then(|| view! { <Gone tasks=came_from() typed=touched.get_untracked() || typing.get_untracked() /> })}
        {parts}
        {move || (!gone.get()).then(|| view! { <Details lead=state /> })}
        <section class="card" id="timeline" aria-labelledby="timeline-title">
            <div class="card-head">
                <h2 id="timeline-title">"Timeline"</h2>
                <p>{move || format!("What happened, newest first. Times are in {}.", time_zone.get())}</p>
            </div>
            <DoneNote text=done />
            <NoteForm lead=id place opened_at typing done noted=move || lead.refetch() />
            // Of a lead that is taken away nothing is left here but the note on what happened.
            {move || (!gone.get()).then(|| view! { <Timeline lead=id page=page(id) entries older place corrected /> })}
        </section>
    }
    .into_any()
}

/// What is known of the lead.
#[component]
fn Details(lead: RwSignal<LeadDetail>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="lead-fields-title">
            <div class="card-head">
                <h2 id="lead-fields-title">"Details"</h2>
            </div>
            {move || view! { <LeadFields lead=lead.get() /> }}
        </section>
    }
    .into_any()
}
