use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    Fault,
    frame::Frame,
    ui::{PageHead, set_status},
};

/// What an address leads to that no page has.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    set_status(404);
    view! {
        <Frame>
            <NotFound />
        </Frame>
    }
}

/// "There is no such page", inside a frame. Whoever shows it sets the status.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text="Page not found" />
        <PageHead title="Page not found" purpose=Fault::NotFound.to_string() />
        <p>
            <a class="button" href="/">
                "Go to the start page"
            </a>
        </p>
    }
    .into_any()
}
