use leptos::prelude::*;

/// The page's title and one line on what it is for.
#[component]
pub fn PageHead(title: &'static str, #[prop(into)] purpose: Signal<String>) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{title}</h1>
            <p>{purpose}</p>
        </div>
    }
}
