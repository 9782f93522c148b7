use leptos::{form::ActionForm, prelude::*};

use super::{
    AddUser, RoleChoice, UserDraft,
    fields::{FIELDS, UserFields},
    list_role_choices,
};
use crate::ui::{Card, FaultNote, FormButtons, FormPage, InputField, Refusal, json_parameter, leaving};

/// `/users/new`
#[component]
pub fn NewUserPage() -> impl IntoView {
    let roles = Resource::new(|| (), |()| list_role_choices());
    view! {
        <FormPage
            title="Add user"
            purpose="They can sign in as soon as they are added."
            back=("/users", "All users")
            start=roles
            form=|roles| view! { <AddForm roles /> }
        />
    }
}

#[component]
fn AddForm(roles: Vec<RoleChoice>) -> impl IntoView {
    let add = ServerAction::<AddUser>::new();
    let refusal = Refusal::of(add.value().into());
    let start = json_parameter::<UserDraft>("draft").unwrap_or_else(|| blank(&roles));
    let busy = leaving(add.pending(), add.value().into());
    view! {
        <Card id="details" title="Details" purpose="What the company knows them by, and what they may do.">
            <ActionForm action=add attr:class="stack" attr:novalidate=true attr:autocomplete="off">
                <UserFields start=Signal::stored(start) roles refusal />
                <InputField
                    id="password"
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="new-password"
                    help="10 characters at least. Tell it to them; they can change it on their account page."
                    problem=refusal.at("password")
                />
                {move || {
                    let shown: Vec<_> = FIELDS.into_iter().chain(["password"]).collect();
                    refusal.elsewhere(&shown).map(|fault| view! { <FaultNote fault /> })
                }}
                <FormButtons label="Add user" busy="Adding…" pending=busy cancel="/users" />
            </ActionForm>
        </Card>
    }
    .into_any()
}

/// Most of those who are added take calls.
fn blank(roles: &[RoleChoice]) -> UserDraft {
    let agent = roles.iter().find(|role| role.name == "Agent").or(roles.first());
    UserDraft {
        role: agent.map(|role| role.id).unwrap_or_default(),
        lead_cap: "0".to_owned(),
        receiving: true,
        ..UserDraft::default()
    }
}
