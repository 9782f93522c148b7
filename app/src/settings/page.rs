use leptos::{either::EitherOf3, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{CONFIGURATIONS, configurations::Configurations};
use crate::{
    not_found::NotFound,
    ui::{redirect, set_status},
};

/// `/settings?tab=…`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let query = use_query_map();
    let tab = Memo::new(move |_| query.with(|query| query.get("tab")));
    move || match tab.get().as_deref() {
        Some("configurations") => EitherOf3::A(view! { <Configurations /> }),
        None => {
            redirect(CONFIGURATIONS);
            EitherOf3::B(())
        }
        Some(_) => {
            set_status(404);
            EitherOf3::C(view! { <NotFound /> })
        }
    }
}
