use calliyo_domain::permission::{Permission, Permissions};
use leptos::prelude::*;

use super::RoleRow;
use crate::ui::StoredNow;

const CHANGED: &str = "Somebody changed this role after you opened the form. Nothing of yours was saved: compare with what is stored now, then save again.";

/// What the role is now, for who typed on what it was.
#[component]
pub fn Changed(state: RwSignal<RoleRow>) -> impl IntoView {
    let facts = Signal::derive(move || {
        state.with(|role| vec![("Name", role.name.clone()), ("Permissions", allowed(&role.permissions))])
    });
    view! {
        <p class="note" data-kind="problem" role="alert">{CHANGED}</p>
        <StoredNow facts />
    }
    .into_any()
}

fn allowed(permissions: &Permissions) -> String {
    let titles = Permission::ALL.into_iter().filter(|permission| permissions.allow(*permission)).map(Permission::title);
    let titles: Vec<_> = titles.collect();
    if titles.is_empty() { "None".to_owned() } else { titles.join(", ") }
}
