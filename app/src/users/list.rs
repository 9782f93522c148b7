use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{PeopleTab, PeopleTabs, UserList, list_users, place::Place, table::UserTable};
use crate::{
    Fault,
    live::Live,
    ui::{Empty, PageHead, Refused, awaited, count, filter_events, follow_address, search_by_keys, shown},
};

/// `/users`: everybody who can sign in, and who can't any more.
#[component]
pub fn UsersPage() -> impl IntoView {
    let live = Live::current();
    let place = Place::of_address();
    let users = Resource::new(
        move || (place.get(), live.users()),
        |(Place { search, order, page }, _)| list_users(search, page, order.text()),
    );
    let awaited = awaited(place, users);
    // Not in a closure: the search stays as it is while the list is read again.
    let content = async move {
        let shown = shown(users, users.await);
        let refused = Memo::new(move |_| shown.with(|list| list.as_ref().err().cloned()));
        move || match refused.get() {
            None => view! { <Listing place shown awaited /> }.into_any(),
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
fn Listing(place: Memo<Place>, shown: RwSignal<Result<UserList, Fault>>, awaited: Signal<bool>) -> impl IntoView {
    let list = Memo::new(move |_| shown.with(|list| list.as_ref().ok().cloned()));
    let rows = Memo::new(move |_| list.with(|list| list.as_ref().map(|list| list.rows.clone()).unwrap_or_default()));
    let nobody = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <div class="list-tools">
            <SearchForm place awaited />
            <a class="button" data-kind="primary" href="/users/new">
                "Add user"
            </a>
        </div>
        {move || if nobody.get() { view! { <Nothing /> }.into_any() } else { view! { <UserTable rows place /> }.into_any() }}
        {move || list.get().map(|list| view! { <Pages place list /> })}
    }
    .into_any()
}

#[component]
fn Pages(place: Memo<Place>, list: UserList) -> impl IntoView {
    let UserList { total, page, pages, .. } = list;
    let to = move |page: i64| place.with(|place| place.at(page).address());
    view! {
        <nav class="pages" aria-label="Pages">
            {(page > 1).then(|| view! { <a class="button" href=move || to(page - 1)>"Previous page"</a> })}
            {(page < pages).then(|| view! { <a class="button" href=move || to(page + 1)>"Next page"</a> })}
            <span class="zone">{count(total.unsigned_abs(), "user")}</span>
        </nav>
    }
    .into_any()
}

/// What to look for goes into the address, so that it can be kept, sent and gone back to; with JavaScript it does so as
/// one types.
#[component]
fn SearchForm(place: Memo<Place>, awaited: Signal<bool>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    search_by_keys(input, move || awaited.get());
    let navigate = use_navigate();
    let apply = move |replace: bool| {
        let Some(input) = input.try_get_untracked().flatten() else { return };
        let asked = place.with_untracked(|place| place.finding(input.value().trim()));
        if place.with_untracked(|place| place.search != asked.search) {
            navigate(&asked.address(), NavigateOptions { replace, scroll: false, ..Default::default() });
        }
    };
    let (typed, submit) = filter_events(apply);
    let search = Memo::new(move |_| place.with(|place| place.search.clone()));
    follow_address(search, input);
    let sort = move || place.with(|place| place.order.text());
    let all = move || place.with(|place| place.finding("").address());
    view! {
        <form class="filters" method="get" action="/users" role="search" autocomplete="off" on:submit=submit>
            <div class="filter">
                <label for="search">"Name, email, phone or code"</label>
                <input id="search" node_ref=input type="search" name="search" maxlength="200" value=search autocomplete="off" on:input=typed />
            </div>
            <input type="hidden" name="sort" value=sort />
            <button class="button" type="submit">
                "Search"
            </button>
            {move || (!search.with(String::is_empty)).then(|| view! { <a href=all>"Clear search"</a> })}
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
