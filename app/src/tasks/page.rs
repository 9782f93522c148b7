use calliyo_domain::call::CallStatus;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;

use super::{
    TASKS, TaskPage, TaskRow, asked::Asked, filter_form::FilterForm, keys::work_by_keys, list_tasks, row_log::RowLog,
};
use crate::{
    Fault,
    calls::{LastLog, LogNote, NotLogged, Opened, Place, UndoneCall},
    leads::{NEXT_LEADS, detail::NotNoted, kind_of},
    live::Live,
    ui::{
        Empty, FaultNote, Heads, ListHint, MomentView, PageHead, Pages, Refused, awaited, in_time, outdated,
        set_status, shown,
    },
};

/// `/tasks`: the viewer's queue in the order in which to call.
#[component]
pub fn TasksPage() -> impl IntoView {
    let asked = Asked::of_address();
    let live = Live::current();
    let page = Resource::new(
        move || (asked.get(), live.company()),
        |(Asked { status, due, q, after }, _)| list_tasks(status, due, q, after),
    );
    let outdated = outdated(page);
    let awaited = awaited(asked, page);
    let navigate = StoredValue::new(use_navigate());
    let open = move |lead: i64, at: &str| {
        let address = format!("{}{at}", asked.with_untracked(|asked| asked.lead(lead)));
        navigate.with_value(|go| go(&address, Default::default()));
    };
    let rows = RowLog::new(page);
    work_by_keys(rows, open);
    let last = LastLog::current();
    let undone = move |call: UndoneCall| {
        // Of a lead that isn't theirs any more there is no page.
        if !rows.undone(call.lead) && !call.taken {
            last.carry();
            open(call.lead, "");
        }
    };
    // Not in a closure: the form stays as it is while what it leads to is read again.
    let content = async move {
        let shown = shown(page, page.await);
        let refused = Memo::new(move |_| shown.with(|page| page.as_ref().err().cloned()));
        move || match refused.get() {
            None => view! { <Listing asked shown rows outdated awaited /> }.into_any(),
            Some(fault) => view! { <Refused fault /> }.into_any(),
        }
    };
    view! {
        <Title text="Tasks" />
        <PageHead title="Tasks" purpose="Your queue: what is due first, then who has waited longest." />
        <LogNote place=Place::Tasks here=TASKS undone />
        <NotLogged shown=None place=Place::Tasks />
        <NotNoted place=Place::Tasks />
        {rows.refused()}
        <ListHint outdated says="Your queue has changed." reread=move || page.refetch() />
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

#[component]
fn Listing(
    asked: Memo<Asked>,
    shown: RwSignal<Result<TaskPage, Fault>>,
    rows: RowLog,
    outdated: RwSignal<bool>,
    awaited: Signal<bool>,
) -> impl IntoView {
    let page = move || shown.with(|page| page.as_ref().ok().cloned());
    in_time(Memo::new(move |_| page().map_or(i64::MAX, |page| page.changes_at)), move || outdated.set(true));
    let queue = Memo::new(move |_| page().map(|page| page.queue).unwrap_or_default());
    view! {
        <FilterForm asked queue awaited />
        {move || page().map(|page| view! { <List asked page rows /> })}
    }
    .into_any()
}

#[component]
fn List(asked: Memo<Asked>, page: TaskPage, rows: RowLog) -> impl IntoView {
    rows.keep_place();
    let list = match (page.problem, page.rows.is_empty()) {
        (Some(problem), _) => {
            set_status(422);
            view! { <FaultNote fault=problem.into() /> }.into_any()
        }
        (None, true) => nothing(&asked.get_untracked()),
        (None, false) => table(page.rows, page.opened_at, asked),
    };
    let first = Signal::derive(move || asked.with(|asked| (!asked.after.is_empty()).then(|| asked.first().address())));
    let next = Signal::derive(move || page.next.as_ref().map(|next| asked.with(|asked| asked.next(next).address())));
    view! {
        {list}
        <Pages first next time_zone=page.time_zone />
    }
    .into_any()
}

fn nothing(asked: &Asked) -> AnyView {
    if !asked.after.is_empty() {
        let first = asked.first().address();
        return view! {
            <Empty title="No more tasks">"The list ended on the page before. " <a href=first>"Go to the first page"</a> "."</Empty>
        }
        .into_any();
    }
    if asked.narrows() {
        return view! {
            <Empty title="No task matches">"Choose other filters, or see " <a href=TASKS>"the whole queue"</a> "."</Empty>
        }
        .into_any();
    }
    view! {
        <Empty title="Your queue is empty">{NEXT_LEADS}</Empty>
    }
    .into_any()
}

fn table(rows: Vec<TaskRow>, opened_at: Opened, asked: Memo<Asked>) -> AnyView {
    let outcome = |(number, status): (usize, CallStatus)| {
        let end = if number == CallStatus::ALL.len() { ". " } else { ", " };
        view! { <kbd>{number}</kbd> " " {status.title()} {end} }
    };
    let outcomes = (1..).zip(CallStatus::ALL).map(outcome).collect_view();
    view! {
        <div class="table-scroll">
            <table class="row-cards leads tasks" role="table" data-opened=opened_at.0>
                <caption class="visually-hidden">"Your queue, in the order in which to call"</caption>
                <Heads titles=&["Name", "Phone", "Status", "When"] />
                <tbody role="rowgroup">{rows.into_iter().enumerate().map(|task| row(task, asked)).collect_view()}</tbody>
            </table>
        </div>
        <p class="keys">
            "Keys: " <kbd>"j"</kbd> " down, " <kbd>"k"</kbd> " up, " <kbd>"Enter"</kbd> " opens. These log a call: "
            {outcomes} "And " <kbd>"n"</kbd> " opens to note something, " <kbd>"f"</kbd>
            " to agree on a follow-up, " <kbd>"/"</kbd> " searches, " <kbd>"u"</kbd> " undoes the last call."
        </p>
    }
    .into_any()
}

fn row((number, task): (usize, TaskRow), asked: Memo<Asked>) -> impl IntoView {
    let when = match task.due {
        Some(due) => view! {
            "Call at " <MomentView moment=due />
            {task.overdue.then(|| view! { " " <span class="overdue">"overdue"</span> })}
        }
        .into_any(),
        None => view! { "Since " <MomentView moment=task.since /> }.into_any(),
    };
    let called = task.called.map(|at| view! { <span class="called">"Called today, " <MomentView moment=at /></span> });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" data-column="name">
                <a href=move || asked.with(|asked| asked.lead(task.id)) data-task=number data-lead=task.id>{task.name}</a>
            </th>
            <td role="cell" data-column="phone">
                <a href=format!("tel:{}", task.phone)>{task.phone.clone()}</a>
            </td>
            <td role="cell" data-column="status">
                <span class="pill" data-kind=kind_of(task.status_id, true)>{task.status}</span>
            </td>
            <td role="cell" data-column="when">{when} {called}</td>
        </tr>
    }
}
