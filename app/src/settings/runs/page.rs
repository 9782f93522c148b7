use leptos::prelude::*;

use super::{detail::RunView, list::RunList};
use crate::settings::{SettingsFrame, Tab};

/// `/settings/runs`
#[component]
pub fn RunHistoryPage() -> impl IntoView {
    view! { <SettingsFrame tab=Tab::RunHistory content=|| view! { <RunList /> }.into_any() /> }
}

/// `/settings/runs/:id`
#[component]
pub fn RunPage() -> impl IntoView {
    view! { <SettingsFrame tab=Tab::RunHistory content=|| view! { <RunView /> }.into_any() /> }
}
