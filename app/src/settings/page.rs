use leptos::{either::EitherOf5, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{CONFIGURATIONS, SettingsFrame, Tab, configurations::Configurations, general::General, status::StatusTab};
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
        Some("configurations") => EitherOf5::A(view! {
            <SettingsFrame tab=Tab::Configurations content=|| view! { <Configurations /> }.into_any() />
        }),
        Some("general") => EitherOf5::B(view! {
            <SettingsFrame tab=Tab::General content=|| view! { <General /> }.into_any() />
        }),
        Some("status") => EitherOf5::C(view! {
            <SettingsFrame tab=Tab::Status content=|| view! { <StatusTab /> }.into_any() />
        }),
        None => {
            redirect(CONFIGURATIONS);
            EitherOf5::D(())
        }
        Some(_) => {
            set_status(404);
            EitherOf5::E(view! { <NotFound /> })
        }
    }
}
