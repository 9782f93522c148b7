use calliyo_domain::job::Job;
use leptos::prelude::*;

use super::{AgentToday, Dashboard, DueCall, QueuePart, RunToday, next_lead::NextLeadCard, target_bar::TargetBar};
use crate::{
    calls::{CallOptions, Place, today::CALLS},
    tasks::TASKS,
    ui::{MomentView, PageHead, count},
};

/// An agent's day: the target on top, then the next lead, what is due, the queue, and what runs moved.
#[component]
pub fn AgentDay(
    state: RwSignal<Dashboard>,
    /// The form of the next lead as of the latest load.
    latest: Signal<Option<CallOptions>>,
    reread: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let today = Memo::new(move |_| state.with(|state| state.agent.as_deref().cloned()));
    let part = move |part: fn(&AgentToday) -> i64| Signal::derive(move || today.with(|t| t.as_ref().map_or(0, part)));
    let due = Memo::new(move |_| today.with(|t| t.as_ref().map(|t| (t.due.clone(), t.more_due)).unwrap_or_default()));
    let queue = Memo::new(move |_| today.with(|t| t.as_ref().map(|t| t.queue.clone()).unwrap_or_default()));
    let moved = Memo::new(move |_| today.with(|t| t.as_ref().map(|t| t.moved.clone()).unwrap_or_default()));
    let next = Signal::derive(move || today.with(|t| t.as_ref().and_then(|t| t.next.clone())));
    let load = part(|today| today.queue.iter().map(|part| part.leads).sum());
    view! {
        <TargetBar calls=part(|today| today.calls) target=Signal::derive(move || state.with(|state| state.target)) />
        <PageHead title="Dashboard" purpose=Signal::derive(move || {
            state.with(|state| format!("Your day. Times are in {}.", state.time_zone))
        })>
            <a class="button" href=CALLS>"Your calls today"</a>
        </PageHead>
        <NextLeadCard next latest load reread />
        <div class="columns">
            <section class="card" aria-labelledby="due-title">
                <div class="card-head">
                    <h2 id="due-title">"Due today"</h2>
                </div>
                {move || due_list(due.get())}
            </section>
            <section class="card" aria-labelledby="queue-title">
                <div class="card-head">
                    <h2 id="queue-title">"Your queue"</h2>
                    <p>{move || count(load.get().unsigned_abs(), "lead")} ". " <a href=TASKS>"Open the tasks"</a></p>
                </div>
                {move || queue_list(queue.get())}
            </section>
            {move || (!moved.with(Vec::is_empty)).then(|| view! {
                <section class="card" aria-labelledby="moved-title">
                    <div class="card-head">
                        <h2 id="moved-title">"Moved today"</h2>
                    </div>
                    {moved_list(moved.get())}
                </section>
            })}
        </div>
    }
    .into_any()
}

fn due_list((due, more): (Vec<DueCall>, bool)) -> AnyView {
    if due.is_empty() {
        return view! {
            <p class="card-empty">
                "No follow-up is due today. " <a href=TASKS>"Open the tasks"</a> " to call who has waited longest."
            </p>
        }
        .into_any();
    }
    let row = |call: DueCall| {
        let overdue = call.overdue.then(|| view! { <span class="overdue">"overdue"</span> });
        view! {
            <li>
                <a href=Place::Tasks.page(call.lead)>{call.name}</a>
                <a class="phone" href=format!("tel:{}", call.phone)>{call.phone.clone()}</a>
                <span class="when">
                    <MomentView moment=call.due />
                    " "
                    {overdue}
                </span>
            </li>
        }
    };
    view! {
        <ul class="rows">{due.into_iter().map(row).collect_view()}</ul>
        {more.then(|| view! { <p class="card-empty">"These are the first. " <a href=TASKS>"Open the tasks"</a> "."</p> })}
    }
    .into_any()
}

fn queue_list(queue: Vec<QueuePart>) -> AnyView {
    let row = |part: QueuePart| {
        view! {
            <li>
                <a href=format!("{TASKS}?status={}", part.status_id)>{part.status}</a>
                <span class="number">{part.leads}</span>
            </li>
        }
    };
    view! { <ul class="rows">{queue.into_iter().map(row).collect_view()}</ul> }.into_any()
}

fn moved_list(moved: Vec<RunToday>) -> AnyView {
    let row = |run: RunToday| {
        let leads = |n: i64| count(n.unsigned_abs(), "lead");
        let said = match (run.brought, run.took) {
            (brought, 0) => format!("brought {}", leads(brought)),
            (0, took) => format!("took {}", leads(took)),
            (brought, took) => format!("brought {} and took {took}", leads(brought)),
        };
        view! {
            <li>
                <span>{run.job.title()} " " {said} "."</span>
                <span class="when"><MomentView moment=run.at /></span>
                <p class="why">{why(run.job)}</p>
            </li>
        }
    };
    view! { <ul class="rows">{moved.into_iter().map(row).collect_view()}</ul> }.into_any()
}

/// Why a job moves leads.
fn why(job: Job) -> &'static str {
    match job {
        Job::AutoAssignment => "Leads that got stuck on a status go to another agent, as evenly as there is room.",
        Job::TopUp => "Unassigned leads fill the free places of your queue, up to your lead cap.",
        Job::AutoRemoval => "Leads that stayed too long on a status go back to Unassigned.",
        Job::LeadImport => "New leads came in.",
    }
}
