use leptos::prelude::*;

/// A name, or that there is none.
#[component]
pub fn Person(name: Option<String>, nobody: &'static str) -> impl IntoView {
    match name {
        Some(name) => view! { <span>{name}</span> }.into_any(),
        None => view! { <span class="nobody">{nobody}</span> }.into_any(),
    }
}
