use calliyo_domain::due::Due;
use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use web_sys::FormData;

use super::{TASKS, asked::Asked};
use crate::{
    dashboard::QueuePart,
    ui::{Choice, filter_events, follow_address, search_by_keys},
};

/// Which tasks to show. The choice goes into the address; with JavaScript it does so as one chooses.
#[component]
pub fn FilterForm(
    asked: Memo<Asked>,
    queue: Memo<Vec<QueuePart>>,
    /// Whether the list isn't there yet that is asked for.
    awaited: Signal<bool>,
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let search = NodeRef::<html::Input>::new();
    search_by_keys(search, move || awaited.get());
    let navigate = use_navigate();
    let apply = move |replace: bool| {
        let data = form.try_get_untracked().flatten().and_then(|form| FormData::new_with_form(&form).ok());
        let chosen = data.map(|data| chosen(&data));
        if let Some(chosen) = chosen.filter(|chosen| asked.with_untracked(|asked| asked.first() != *chosen)) {
            navigate(&chosen.address(), NavigateOptions { replace, scroll: false, ..Default::default() });
        }
    };
    let (typed, submit) = filter_events(apply.clone());
    let part = move |of: fn(&Asked) -> &String| Memo::new(move |_| asked.with(|asked| of(asked).clone()));
    let q = part(|asked| &asked.q);
    follow_address(q, search);
    let statuses = Memo::new(move |_| {
        let name = |part: &QueuePart| (part.status_id.to_string(), format!("{} ({})", part.status, part.leads));
        queue.with(|queue| queue.iter().map(name).collect::<Vec<_>>())
    });
    let named = |due: &Due| (due.key().to_owned(), due.title().to_owned());
    let times = Memo::new(move |_| Due::ALL[1..].iter().map(named).collect::<Vec<_>>());
    view! {
        <form class="filters" role="search" method="get" action=TASKS autocomplete="off" node_ref=form on:submit=submit on:change=move |_| apply(false)>
            <div class="filter" data-kind="search">
                <label for="tasks-q">"Name, phone or email"</label>
                <input id="tasks-q" node_ref=search type="search" name="q" maxlength="200" autocomplete="off" value=q.get_untracked() on:input=typed />
            </div>
            <Choice id="tasks-status" name="status" label="Status" any="Any status" choices=statuses chosen=part(|asked| &asked.status) />
            <Choice id="tasks-due" name="due" label="Next call" any=Due::Any.title() choices=times chosen=part(|asked| &asked.due) />
            <button class="button" type="submit">
                "Filter"
            </button>
            {move || asked.with(Asked::narrows).then(|| view! { <a href=TASKS>"Clear filters"</a> })}
        </form>
    }
    .into_any()
}

fn chosen(data: &FormData) -> Asked {
    let text = |name| data.get(name).as_string().unwrap_or_default();
    Asked { status: text("status"), due: text("due"), q: text("q").trim().to_owned(), after: String::new() }
}
