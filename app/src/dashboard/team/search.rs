use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::place::TeamPlace;
use crate::{
    dashboard::DASHBOARD,
    ui::{filter_events, follow_address, search_by_keys},
};

/// Finds agents in the team's table. What is searched for goes into the address; with JavaScript it does so as one
/// types.
#[component]
pub fn TeamSearch(place: Memo<TeamPlace>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    // The agents are here already.
    search_by_keys(input, || false);
    let navigate = use_navigate();
    let apply = move |replace: bool| {
        let Some(input) = input.try_get_untracked().flatten() else { return };
        let asked = place.with_untracked(|place| place.finding(input.value().trim()));
        if place.with_untracked(|place| *place != asked) {
            navigate(&asked.address(), NavigateOptions { replace, scroll: false, ..Default::default() });
        }
    };
    let (typed, submit) = filter_events(apply);
    let q = Memo::new(move |_| place.with(|place| place.q.clone()));
    follow_address(q, input);
    let sort = move || place.with(|place| place.order.text());
    let all = move || place.with(|place| place.finding("").address());
    view! {
        <form class="filters" method="get" action=DASHBOARD role="search" autocomplete="off" on:submit=submit>
            <div class="filter">
                <label for="team-q">"Agent's name"</label>
                <input id="team-q" node_ref=input type="search" name="q" maxlength="200" value=q autocomplete="off" on:input=typed />
            </div>
            <input type="hidden" name="sort" value=sort />
            <button class="button" type="submit">
                "Search"
            </button>
            {move || (!q.with(String::is_empty)).then(|| view! { <a href=all data-noscroll="">"Clear search"</a> })}
        </form>
    }
    .into_any()
}
