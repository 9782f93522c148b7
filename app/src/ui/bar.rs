use leptos::prelude::*;

/// A bar in a table's cell: `share` of 100, no longer than the cell.
#[component]
pub fn Bar(share: i64) -> impl IntoView {
    view! {
        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect width=share.clamp(0, 100) height=10></rect>
        </svg>
    }
    .into_any()
}
