use leptos::prelude::*;

/// The page's title, one line on what it is for, and beside them what it offers.
#[component]
pub fn PageHead(
    title: &'static str,
    #[prop(into)] purpose: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{title}</h1>
            <p>{purpose}</p>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </div>
    }
}
