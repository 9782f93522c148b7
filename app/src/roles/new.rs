use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

use super::{
    AddRole, RoleDraft,
    fields::{FIELDS, RoleFields},
    list_roles,
};
use crate::ui::{Card, FaultNote, PageHead, Refusal, Refused, SubmitButton, json_parameter};

/// `/roles/new`
#[component]
pub fn NewRolePage() -> impl IntoView {
    // Read for its permission: whoever may not see roles may not add one.
    let roles = Resource::new(|| (), |()| list_roles());
    // Not in a closure: the form is built once, so that nothing typed is lost.
    let content = async move {
        match roles.await {
            Ok(_) => view! { <AddForm /> }.into_any(),
            Err(fault) => view! { <Refused fault /> }.into_any(),
        }
    };
    view! {
        <Title text="Add role" />
        <p class="back"><a href="/roles">"All roles"</a></p>
        <PageHead title="Add role" purpose="A name, and what its users may do." />
        <Suspense fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>{Suspend::new(content)}</Suspense>
    }
    .into_any()
}

#[component]
fn AddForm() -> impl IntoView {
    let add = ServerAction::<AddRole>::new();
    let refusal = Refusal::of(add.value().into());
    let start = json_parameter::<RoleDraft>("draft").unwrap_or_default();
    // Stays so after success, until the next page has loaded.
    let busy = Signal::derive(move || add.pending().get() || add.value().with(|value| matches!(value, Some(Ok(())))));
    view! {
        <Card id="details" title="Role" purpose="Users get it on their own pages.">
            <ActionForm action=add attr:class="stack" attr:novalidate=true attr:autocomplete="off">
                <RoleFields start=Signal::stored(start) refusal />
                {move || refusal.elsewhere(&FIELDS).map(|fault| view! { <FaultNote fault /> })}
                <div class="form-buttons">
                    <SubmitButton label="Add role" busy="Adding…" pending=busy />
                    <a class="button" href="/roles">
                        "Cancel"
                    </a>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
