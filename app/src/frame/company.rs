use leptos::prelude::*;

use crate::sign_in::Session;

/// The company's name, on one line.
pub fn company(name: String) -> impl IntoView {
    let title = name.clone();
    view! {
        <span class="company" title=title>
            {name}
        </span>
    }
}

/// The name of the viewer's company, where the brand isn't in sight.
#[component]
pub fn Company() -> impl IntoView {
    let session = Session::current();
    view! { <Suspense>{move || session.viewer().map(|viewer| company(viewer.company))}</Suspense> }.into_any()
}
