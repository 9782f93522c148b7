//! How much of a timeline is shown: the newest entries, and more of them by a link.

use calliyo_domain::counted::grouped;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Entries that are added each time.
const MORE: i64 = 200;
/// Entries that a page bears.
pub const MOST: i64 = 5_000;

/// What the page's address asks for; 0 where it asks for nothing.
pub fn shown_of_address() -> Memo<i64> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("shown").and_then(|shown| shown.parse().ok()).unwrap_or_default()))
}

/// Leads on to older entries, on the page whose address begins with `page`.
#[component]
pub fn Older(
    page: String,
    /// How many entries are shown, where there are older ones.
    shown: Signal<Option<usize>>,
    /// The id of the last entry, where a page that is loaded anew goes on.
    #[prop(into)]
    last: Signal<Option<String>>,
) -> impl IntoView {
    let page = StoredValue::new(page);
    let loads_anew = RwSignal::new(true);
    // The router loads nothing anew: the page stays where it is as long as the address names no place in it.
    Effect::new(move |_| loads_anew.set(false));
    let next = move || shown.get().map(|shown| shown as i64).filter(|shown| *shown < MOST).map(|shown| shown + MORE);
    let address = move || {
        let joint = if page.with_value(|page| page.contains('?')) { '&' } else { '?' };
        let place = last.get().filter(|_| loads_anew.get()).map(|last| format!("#{last}"));
        next().map(|next| format!("{}{joint}shown={}{}", page.get_value(), next.min(MOST), place.unwrap_or_default()))
    };
    let more = Memo::new(move |_| shown.with(Option::is_some));
    let bears = Memo::new(move |_| next().is_some());
    move || {
        more.get().then(|| {
            if bears.get() {
                view! { <p class="timeline-older"><a class="button" href=address data-noscroll>"Show older"</a></p> }
                    .into_any()
            } else {
                view! { <p class="timeline-older">"The newest " {grouped(MOST.unsigned_abs())} " entries are shown."</p> }.into_any()
            }
        })
    }
}
