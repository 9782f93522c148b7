use leptos::prelude::*;

/// The tags of a lead.
#[component]
pub fn Tags(tags: Vec<String>) -> impl IntoView {
    tags.into_iter().map(|tag| view! { <span class="tag">{tag}</span> }).collect_view()
}
