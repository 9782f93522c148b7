use leptos::{either::EitherOf4, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{CONFIGURATIONS, SettingsFrame, Tab, configurations::Configurations, general::General};
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
        Some("configurations") => EitherOf4::A(view! {
            <SettingsFrame tab=Tab::Configurations content=|| view! { <Configurations /> }.into_any() />
        }),
        Some("general") => EitherOf4::B(view! {
            <SettingsFrame tab=Tab::General content=|| view! { <General /> }.into_any() />
        }),
        None => {
            redirect(CONFIGURATIONS);
            EitherOf4::C(())
        }
        Some(_) => {
            set_status(404);
            EitherOf4::D(view! { <NotFound /> })
        }
    }
}
