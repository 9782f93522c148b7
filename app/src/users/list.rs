use leptos::{ev::SubmitEvent, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::{PeopleTab, PeopleTabs, UserList, list_users, table::UserTable};
use crate::{
    live::Live,
    ui::{Empty, PageHead, Refused, count, with_query},
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
    let content = move || {
        users.get().map(|users| match users {
            Ok(list) => view! { <List search list /> }.into_any(),
            Err(fault) => view! { <Refused fault /> }.into_any(),
        })
    };
    view! {
        <Title text="Users" />
        <PageHead title="Users" purpose="Who can sign in, what their role allows, and how many leads each agent's queue may hold." />
        <PeopleTabs here=PeopleTab::Users />
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>{content}</Transition>
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
        <div class="list-tools">
            <SearchForm search />
            <a class="button" data-kind="primary" href="/users/new">
                "Add user"
            </a>
        </div>
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

/// What to look for goes into the address, so that it can be kept, sent and gone back to.
#[component]
fn SearchForm(search: Memo<String>) -> impl IntoView {
    let navigate = use_navigate();
    let apply = move |event: SubmitEvent| {
        if let Some(typed) = typed(&event) {
            event.prevent_default();
            navigate(&address(typed.trim(), 1), Default::default());
        }
    };
    view! {
        <form class="filters" method="get" action="/users" role="search" on:submit=apply>
            <div class="filter">
                <label for="search">"Name or email"</label>
                <input id="search" type="search" name="search" value=move || search.get() autocomplete="off" />
            </div>
            <button class="button" type="submit">
                "Search"
            </button>
            {move || (!search.with(String::is_empty)).then(|| view! { <a href="/users">"Show all"</a> })}
        </form>
    }
}

fn typed(event: &SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    FormData::new_with_form(&form).ok()?.get("search").as_string()
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Empty title="No user matches">
            "Look for a part of the name or of the email, or " <a href="/users">"show all users"</a> "."
        </Empty>
    }
}
