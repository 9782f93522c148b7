use leptos::prelude::*;

use super::{By, Entry, LeadDetail, What, call_entry::CallEntry};
use crate::{
    calls::{CorrectedCall, Place},
    sign_in::Session,
    ui::{Moment, MomentView},
};

/// Everything that happened to a lead, newest first. An entry stays as it is while others come: a form may be open in it.
#[component]
pub fn Timeline(
    lead: RwSignal<LeadDetail>,
    place: Place,
    /// Called when a call was put right.
    corrected: impl Fn(CorrectedCall) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let id = lead.with_untracked(|lead| lead.id);
    let entries = move || lead.with(|lead| lead.timeline.clone());
    view! {
        <ol class="timeline">
            <For each=entries key=Entry::clone let:entry>
                <EntryView entry lead=id place corrected />
            </For>
        </ol>
        {move || lead.with(|lead| lead.cut).then(|| view! { <Cut /> })}
    }
    .into_any()
}

/// The same for who only reads it: in none of the entries is there anything to be put right.
#[component]
pub fn ReadOnlyTimeline(lead: i64, entries: Vec<Entry>, cut: bool) -> impl IntoView {
    let entries = entries.into_iter().map(|entry| {
        view! { <EntryView entry lead place=Place::Lead corrected=|_: CorrectedCall| () /> }
    });
    view! {
        <ol class="timeline">{entries.collect_view()}</ol>
        {cut.then(|| view! { <Cut /> })}
    }
    .into_any()
}

#[component]
fn Cut() -> impl IntoView {
    view! { <p class="timeline-cut">"What is older isn't shown."</p> }
}

#[component]
fn EntryView(
    entry: Entry,
    lead: i64,
    place: Place,
    corrected: impl Fn(CorrectedCall) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let Entry { id, at, by: who, what } = entry;
    let (kind, what) = match what {
        What::Change { status, owner, why } => ("change", change(status, owner, why)),
        What::Call { says, corrections, may_correct, undone } => {
            let entry = view! { <CallEntry id says corrections may_correct undone lead place corrected /> };
            ("call", entry.into_any())
        }
        What::FollowUp { due, resolved, taken_back } => ("follow-up", follow_up(due, resolved, taken_back)),
    };
    view! {
        <li data-kind=kind>
            <div class="timeline-what">{what}</div>
            <p class="timeline-by">
                <MomentView moment=at />
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
        By::Run(run) => {
            let session = Session::current();
            let links = move || session.viewer().is_some_and(|viewer| viewer.permissions.settings);
            let name = format!("Run {run}");
            view! {
                {move || if links() {
                    view! { <a href=format!("/settings/runs/{run}")>{name.clone()}</a> }.into_any()
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

fn follow_up(due: Moment, resolved: Option<Moment>, taken_back: bool) -> AnyView {
    let end = if taken_back { ", taken back " } else { ", done " };
    view! {
        <p class:undone=taken_back>
            "Next call agreed for " <strong><MomentView moment=due /></strong>
            {resolved.map(|at| view! { {end} <MomentView moment=at /> })}
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
