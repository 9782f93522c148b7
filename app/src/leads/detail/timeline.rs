use calliyo_domain::call::Direction;
use leptos::prelude::*;

use super::{By, Entry, LeadDetail, What};
use crate::{calls::talk, sign_in::Session, ui::MomentView};

/// Everything that happened to a lead, newest first.
#[component]
pub fn Timeline(lead: LeadDetail) -> impl IntoView {
    view! {
        <ol class="timeline">
            {lead.timeline.into_iter().map(|entry| view! { <EntryView entry /> }).collect_view()}
        </ol>
        {lead.cut.then(|| view! { <p class="timeline-cut">"What is older isn't shown."</p> })}
    }
    .into_any()
}

#[component]
fn EntryView(entry: Entry) -> impl IntoView {
    let kind = match entry.what {
        What::Change { .. } => "change",
        What::Call { .. } => "call",
        What::FollowUp { .. } => "follow-up",
    };
    view! {
        <li data-kind=kind>
            <div class="timeline-what">{what(entry.what)}</div>
            <p class="timeline-by">
                <MomentView moment=entry.at />
                " · "
                {by(entry.by)}
            </p>
        </li>
    }
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

fn what(what: What) -> AnyView {
    match what {
        What::Change { status, owner, why } => view! {
            {status.map(status_change)}
            {owner.map(owner_change)}
            <p class="timeline-why">{why}</p>
        }
        .into_any(),
        What::Call { status, direction, duration_seconds, note, undone } => {
            let way = if direction == Direction::Incoming { "Incoming call" } else { "Call" };
            view! {
                <p class:undone=undone.is_some()>
                    {way} ": " <strong>{status.title()}</strong> ", " {talk(duration_seconds)}
                </p>
                {undone.map(|at| view! { <p class="timeline-undone">"Undone " <MomentView moment=at /> ", so it counts nowhere."</p> })}
                {(!note.is_empty()).then(|| view! { <p class="timeline-note">{note}</p> })}
            }
            .into_any()
        }
        What::FollowUp { due, resolved, taken_back } => view! {
            <p class:undone=taken_back>
                "Next call agreed for " <strong><MomentView moment=due /></strong>
                {resolved.map(|at| {
                    let what = if taken_back { ", taken back " } else { ", done " };
                    view! { {what} <MomentView moment=at /> }
                })}
            </p>
        }
        .into_any(),
    }
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
