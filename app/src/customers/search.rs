use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::hooks::use_navigate;

use super::place::Place;
use crate::ui::search_by_keys;

/// Finds by name, phone or email. What is searched for goes into the address.
#[component]
pub fn SearchForm(
    place: Memo<Place>,
    /// Whether the list isn't there yet that is asked for.
    awaited: Signal<bool>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    search_by_keys(input, move || awaited.get());
    let navigate = use_navigate();
    let search = move |event: SubmitEvent| {
        if let Some(input) = input.get_untracked() {
            event.prevent_default();
            let place = Place { q: input.value().trim().to_owned(), ..Place::default() };
            navigate(&place.address(), Default::default());
        }
    };
    let q = move || place.with(|place| place.q.clone());
    view! {
        <form class="filters" role="search" method="get" action="/customers" on:submit=search>
            <div class="filter" data-kind="search">
                <label for="customers-q">"Name, phone or email"</label>
                <input id="customers-q" node_ref=input type="search" name="q" maxlength="200" autocomplete="off" value=q prop:value=q />
            </div>
            <button class="button" type="submit">
                "Search"
            </button>
            {move || place.with(Place::searches).then(|| view! { <a href="/customers">"Clear search"</a> })}
        </form>
    }
    .into_any()
}
