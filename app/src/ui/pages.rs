use leptos::prelude::*;

/// Below a list that goes on: back to its first page and the one before, on to the next, and what zone its times are in.
#[component]
pub fn Pages(
    /// The first page's address, where this is another.
    #[prop(into)]
    first: Signal<Option<String>>,
    /// The address of the page before, where there is one.
    #[prop(optional, into)]
    previous: Signal<Option<String>>,
    /// The next page's address, where there is one.
    #[prop(into)]
    next: Signal<Option<String>>,
    /// IANA name of the zone.
    #[prop(into)]
    time_zone: Signal<String>,
) -> impl IntoView {
    let link = |address: String, name: &'static str| view! { <a class="button" href=address>{name}</a> };
    view! {
        <nav class="pages" aria-label="Pages">
            {move || first.get().map(|address| link(address, "First page"))}
            {move || previous.get().map(|address| link(address, "Previous page"))}
            {move || next.get().map(|address| link(address, "Next page"))}
            <span class="zone">{move || time_zone.with(|zone| format!("Times are in {zone}."))}</span>
        </nav>
    }
    .into_any()
}
