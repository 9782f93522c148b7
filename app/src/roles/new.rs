use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    AddRole, RoleDraft,
    fields::{FIELDS, RoleFields},
    list_roles,
};
use crate::ui::{
    Card, FaultNote, FormButtons, FormPage, Refusal, from_here, guard_typed, json_parameter, leaving, post,
};

/// `/roles/new`
#[component]
pub fn NewRolePage() -> impl IntoView {
    // Read for its permission: whoever may not see roles may not add one.
    let roles = Resource::new(|| (), |()| list_roles());
    view! {
        <FormPage
            title="Add role"
            purpose="A name, and what its users may do."
            back=("/roles", "All roles")
            start=roles
            form=|_| view! { <AddForm /> }
        />
    }
}

#[component]
fn AddForm() -> impl IntoView {
    let add = ServerAction::<AddRole>::new();
    let refusal = Refusal::of(add.value().into());
    let start = json_parameter::<RoleDraft>("draft").unwrap_or_default();
    let busy = leaving(add.pending(), add.value().into());
    view! {
        <Card id="details" title="Role" purpose="Give it to users on their pages.">
            <form method="post" action=from_here(AddRole::url()) class="stack" novalidate autocomplete="off"
                on:input=guard_typed(busy) on:submit=post(add)>
                <RoleFields start=Signal::stored(start) refusal />
                {move || refusal.elsewhere(&FIELDS).map(|fault| view! { <FaultNote fault /> })}
                <FormButtons label="Add role" busy="Adding…" pending=busy cancel="/roles" />
            </form>
        </Card>
    }
    .into_any()
}
