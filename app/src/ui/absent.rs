use leptos::prelude::*;

/// Stands for a fact that isn't known.
pub fn absent() -> AnyView {
    view! { <span class="nobody">"None"</span> }.into_any()
}
