use leptos::prelude::*;

use super::{
    By, End, Ended, Entry, What,
    call_entry::{CallEntry, CallTimes},
    shown::Older,
};
use crate::{
    calls::{CorrectedCall, Place},
    settings::runs::run_address,
    sign_in::Session,
    ui::{Moment, MomentView},
};

/// What happened to a lead, newest first. An entry stays as it is while others come, and while its times are shown by other
/// clocks: a form may be open in it.
#[component]
pub fn Timeline(
    lead: i64,
    /// The page's address.
    page: String,
    entries: Signal<Vec<Entry>>,
    /// Whether something older happened.
    older: Signal<bool>,
    place: Place,
    /// Called when a call was put right.
    corrected: impl Fn(CorrectedCall) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let shown = Signal::derive(move || older.get().then(|| entries.with(Vec::len)));
    let last = Signal::derive(move || entries.with(|entries| entries.last().map(name)));
    view! {
        <ol class="timeline">
            <For each=move || entries.get() key=Entry::timeless let:entry>
                <EntryView entry entries lead place corrected />
            </For>
        </ol>
        <Older page shown last />
    }
    .into_any()
}

/// An entry's name in the page.
fn name(entry: &Entry) -> String {
    format!("timeline-{}-{}", kind(&entry.what), entry.id)
}

fn kind(what: &What) -> &'static str {
    match what {
        What::Change { .. } => "change",
        What::Call { .. } => "call",
        What::FollowUp { .. } => "follow-up",
        What::Note { .. } => "note",
    }
}

#[component]
fn EntryView(
    entry: Entry,
    /// All of them, this one with its times as they are shown now.
    entries: Signal<Vec<Entry>>,
    lead: i64,
    place: Place,
    corrected: impl Fn(CorrectedCall) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (name, kind) = (name(&entry), kind(&entry.what));
    let Entry { id, at, by: who, what } = entry;
    let entry = move |entries: &Vec<Entry>| entries.iter().find(|e| e.id == id && self::kind(&e.what) == kind).cloned();
    let now = Memo::new(move |_| entries.with(entry));
    let at = Memo::new(move |_| now.with(|now| now.as_ref().map_or_else(|| at.clone(), |now| now.at.clone())));
    let what = match what {
        What::Change { status, owner, why } => change(status, owner, why),
        What::Call { ref says, may_correct, .. } => {
            let says = says.clone();
            let first = CallTimes::of(&what);
            let times =
                move |now: &Option<Entry>| now.as_ref().map_or_else(|| first.clone(), |now| CallTimes::of(&now.what));
            let times = Signal::derive(move || now.with(&times));
            view! { <CallEntry id says times may_correct lead place corrected /> }.into_any()
        }
        What::FollowUp { due, ended } => (move || match now.get().map(|now| now.what) {
            Some(What::FollowUp { due, ended }) => follow_up(due, ended),
            _ => follow_up(due.clone(), ended.clone()),
        })
        .into_any(),
        What::Note { note } => view! { <p class="timeline-note">{note}</p> }.into_any(),
    };
    view! {
        <li id=name data-kind=kind>
            <div class="timeline-what">{what}</div>
            <p class="timeline-by">
                {move || view! { <MomentView moment=at.get() /> }}
                " · "
                {by(who)}
            </p>
        </li>
    }
    .into_any()
}

fn by(by: By) -> AnyView {
    match by {
        By::Person(name) => name.into_any(),
        By::System => "Calliyo".into_any(),
        // Runs are for those who manage settings.
        By::Run { id, job } => {
            let session = Session::current();
            let links = move || session.viewer().is_some_and(|viewer| viewer.permissions.settings);
            let name = job.map_or_else(|| format!("Run {id}"), |job| format!("{}, run {id}", job.title()));
            view! {
                {move || if links() {
                    view! { <a href=run_address(id)>{name.clone()}</a> }.into_any()
                } else {
                    name.clone().into_any()
                }}
            }
            .into_any()
        }
    }
}

fn change(
    status: Option<(Option<String>, String)>,
    owner: Option<(Option<String>, Option<String>)>,
    why: String,
) -> AnyView {
    view! {
        {status.map(status_change)}
        {owner.map(owner_change)}
        <p class="timeline-why">{why}</p>
    }
    .into_any()
}

fn follow_up(due: Moment, ended: Option<Ended>) -> AnyView {
    let in_vain = ended.as_ref().is_some_and(|ended| ended.how != End::Done);
    let end = ended.map(|Ended { how, at, by }| {
        let how = match how {
            End::Done => ", done ",
            End::Moved => ", moved ",
            End::Dropped => ", dropped ",
            End::TakenBack => ", taken back ",
        };
        view! { {how} <MomentView moment=at /> {by.map(|name| format!(" by {name}"))} }
    });
    view! {
        <p class:undone=in_vain>
            "Next call agreed for " <strong><MomentView moment=due /></strong>
            {end}
        </p>
    }
    .into_any()
}

fn status_change((from, to): (Option<String>, String)) -> AnyView {
    match from {
        Some(from) => view! {
            <p>
                "Status: " <span class="change-from">{from}</span> " → " <strong>{to}</strong>
            </p>
        }
        .into_any(),
        None => view! {
            <p>
                "Came in as " <strong>{to}</strong>
            </p>
        }
        .into_any(),
    }
}

fn owner_change((from, to): (Option<String>, Option<String>)) -> AnyView {
    let name = |name: Option<String>| name.unwrap_or_else(|| "nobody".to_owned());
    view! {
        <p>
            "Owner: " <span class="change-from">{name(from)}</span> " → " <strong>{name(to)}</strong>
        </p>
    }
    .into_any()
}
