use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{PeopleTab, PeopleTabs, UserList, list_users, table::UserTable};
use crate::{
    Fault,
    live::Live,
    ui::{Empty, PageHead, Refused, count, filter_events, focus_on_slash, follow_address, shown, with_query},
};

/// `/users`: everybody who can sign in, and who can't any more.
#[component]
pub fn UsersPage() -> impl IntoView {
    let query = use_query_map();
    let live = Live::current();
    let text = move |name: &str| query.with(|query| query.get(name)).unwrap_or_default();
    let search = Memo::new(move |_| text("search"));
    let page = Memo::new(move |_| text("page"));
    let users =
        Resource::new(move || (search.get(), page.get(), live.users()), |(search, page, _)| list_users(search, page));
    // Not in a closure: the search stays as it is while the list is read again.
    let content = async move {
        let shown = shown(users, users.await);
        let refused = Memo::new(move |_| shown.with(|list| list.as_ref().err().cloned()));
        move || match refused.get() {
            None => view! { <Listing search shown /> }.into_any(),
            Some(fault) => view! { <Refused fault /> }.into_any(),
        }
    };
    view! {
        <Title text="Users" />
        <PageHead title="Users" purpose="Who can sign in, what their role allows, and how many leads each agent's queue may hold." />
        <PeopleTabs here=PeopleTab::Users />
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

#[component]
fn Listing(search: Memo<String>, shown: RwSignal<Result<UserList, Fault>>) -> impl IntoView {
    let list = move || shown.with(|list| list.as_ref().ok().cloned());
    view! {
        <div class="list-tools">
            <SearchForm search />
            <a class="button" data-kind="primary" href="/users/new">
                "Add user"
            </a>
        </div>
        {move || list().map(|list| view! { <List search list /> })}
    }
    .into_any()
}

#[component]
fn List(search: Memo<String>, list: UserList) -> impl IntoView {
    let UserList { rows, total, page, pages } = list;
    let empty = rows.is_empty();
    let found = count(total.unsigned_abs(), "user");
    let to = move |page: i64| address(&search.get(), page);
    view! {
        {if empty { view! { <Nothing /> }.into_any() } else { view! { <UserTable rows /> }.into_any() }}
        <nav class="pages" aria-label="Pages">
            {(page > 1).then(|| view! { <a class="button" href=move || to(page - 1)>"Previous page"</a> })}
            {(page < pages).then(|| view! { <a class="button" href=move || to(page + 1)>"Next page"</a> })}
            <span class="zone">{found}</span>
        </nav>
    }
    .into_any()
}

fn address(search: &str, page: i64) -> String {
    let page = if page > 1 { page.to_string() } else { String::new() };
    with_query("/users", &[("search", search), ("page", &page)])
}

/// What to look for goes into the address, so that it can be kept, sent and gone back to; with JavaScript it does so as
/// one types.
#[component]
fn SearchForm(search: Memo<String>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    focus_on_slash(input);
    let navigate = use_navigate();
    let apply = move |replace: bool| {
        let Some(input) = input.try_get_untracked().flatten() else { return };
        let typed = input.value().trim().to_owned();
        if search.with_untracked(|search| *search != typed) {
            navigate(&address(&typed, 1), NavigateOptions { replace, scroll: false, ..Default::default() });
        }
    };
    let (typed, submit) = filter_events(apply);
    follow_address(search, input);
    view! {
        <form class="filters" method="get" action="/users" role="search" autocomplete="off" on:submit=submit>
            <div class="filter">
                <label for="search">"Name, email, phone or code"</label>
                <input id="search" node_ref=input type="search" name="search" maxlength="200" value=search autocomplete="off" on:input=typed />
            </div>
            <button class="button" type="submit">
                "Search"
            </button>
            {move || (!search.with(String::is_empty)).then(|| view! { <a href="/users">"Clear search"</a> })}
        </form>
    }
    .into_any()
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Empty title="No user matches">
            "Look for a part of the name, email, phone or employee code, or " <a href="/users">"show all users"</a> "."
        </Empty>
    }
}
