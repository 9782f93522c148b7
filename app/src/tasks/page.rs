use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::{TASKS, TaskPage, TaskRow, keys::move_by_keys, list_tasks};
use crate::{
    Fault,
    calls::{LastLog, LogNote, Place, UndoneCall},
    leads::kind_of,
    ui::{Empty, FaultNote, MomentView, PageHead, outdated, set_status, with_query},
};

/// `/tasks`: the viewer's queue in the order in which to call.
#[component]
pub fn TasksPage() -> impl IntoView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after").unwrap_or_default()));
    let page = Resource::new(move || after.get(), list_tasks);
    let outdated = outdated(page);
    move_by_keys();
    let navigate = StoredValue::new(use_navigate());
    let last = LastLog::current();
    let undone = move |call: UndoneCall| {
        last.carry();
        navigate.with_value(|go| go(&Place::Tasks.page(call.lead), Default::default()));
    };
    let content = move || {
        page.get().map(|page| match page {
            Ok(page) => view! { <List page first=after.with(String::is_empty) /> }.into_any(),
            Err(fault) => refused(fault),
        })
    };
    view! {
        <Title text="Tasks" />
        <PageHead title="Tasks" purpose="Your queue: what is due first, then who has waited longest." />
        <LogNote place=Place::Tasks here=TASKS undone />
        <div class="list-hint" role="status">
            {move || outdated.get().then(|| {
                view! {
                    "Your queue has changed. "
                    <button class="button" data-kind="link" type="button" on:click=move |_| page.refetch()>
                        "Refresh"
                    </button>
                }
            })}
        </div>
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>{content}</Transition>
    }
    .into_any()
}

fn refused(fault: Fault) -> AnyView {
    match fault {
        Fault::Forbidden => set_status(403),
        Fault::SignedOut => {}
        _ => set_status(503),
    }
    view! { <FaultNote fault /> }.into_any()
}

#[component]
fn List(page: TaskPage, first: bool) -> impl IntoView {
    let zone = format!("Times are in {}.", page.time_zone);
    let empty = page.rows.is_empty();
    let next = page.next.map(|after| with_query(TASKS, &[("after", &after)]));
    view! {
        {if empty { nothing(first) } else { table(page.rows) }}
        <nav class="pages" aria-label="Pages">
            {(!first).then(|| view! { <a class="button" href=TASKS>"First page"</a> })}
            {next.map(|next| view! { <a class="button" href=next>"Next page"</a> })}
            <span class="zone">{zone}</span>
        </nav>
    }
    .into_any()
}

fn nothing(first: bool) -> AnyView {
    if !first {
        return view! {
            <Empty title="No more tasks">"The list ended on the page before. " <a href=TASKS>"Go to the first page"</a> "."</Empty>
        }
        .into_any();
    }
    view! {
        <Empty title="Your queue is empty">"You get leads when they are next assigned, as far as your lead cap has room."</Empty>
    }
    .into_any()
}

fn table(rows: Vec<TaskRow>) -> AnyView {
    view! {
        <div class="table-scroll">
            <table class="row-cards leads tasks" role="table">
                <caption class="visually-hidden">"Your queue, in the order in which to call"</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {["Name", "Phone", "Status", "When"]
                            .map(|title| view! { <th scope="col" role="columnheader">{title}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.into_iter().enumerate().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="keys">"Keys: " <kbd>"j"</kbd> " down, " <kbd>"k"</kbd> " up, " <kbd>"Enter"</kbd> " opens, " <kbd>"u"</kbd> " undoes the last call."</p>
    }
    .into_any()
}

fn row((number, task): (usize, TaskRow)) -> impl IntoView {
    let when = match task.due {
        Some(due) => view! {
            "Call at " <MomentView moment=due />
            {task.overdue.then(|| view! { " " <span class="overdue">"overdue"</span> })}
        }
        .into_any(),
        None => view! { "Since " <MomentView moment=task.since /> }.into_any(),
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" data-column="name">
                <a href=format!("/leads/{}?from=tasks", task.id) data-task=number>{task.name}</a>
            </th>
            <td role="cell" data-column="phone">
                <a href=format!("tel:{}", task.phone)>{task.phone.clone()}</a>
            </td>
            <td role="cell" data-column="status">
                <span class="pill" data-kind=kind_of(task.status_id, true)>{task.status}</span>
            </td>
            <td role="cell" data-column="when">{when}</td>
        </tr>
    }
}
