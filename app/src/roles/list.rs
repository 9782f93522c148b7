use leptos::prelude::*;
use leptos_meta::Title;

use super::{RoleRow, list_roles};
use crate::{
    live::Live,
    ui::{DoneNote, Heads, PageHead, Refused, parameter},
    users::{PeopleTab, PeopleTabs},
};

/// `/roles`
#[component]
pub fn RolesPage() -> impl IntoView {
    let live = Live::current();
    let roles = Resource::new(move || live.users(), |_| list_roles());
    let deleted = (parameter("done").as_deref() == Some("deleted")).then(|| "The role is deleted.".to_owned());
    let content = move || {
        roles.get().map(|roles| match roles {
            Ok(rows) => view! { <List rows /> }.into_any(),
            Err(fault) => view! { <Refused fault /> }.into_any(),
        })
    };
    view! {
        <Title text="Roles" />
        <PageHead title="Roles" purpose="What users may see and do. Every user has one." />
        <PeopleTabs here=PeopleTab::Roles />
        <DoneNote text=Signal::stored(deleted) />
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>{content}</Transition>
    }
    .into_any()
}

#[component]
fn List(rows: Vec<RoleRow>) -> impl IntoView {
    let row = |role: RoleRow| {
        let allows = role.allows();
        view! {
            <tr role="row">
                <th scope="row" role="rowheader" data-column="name">
                    <a href=format!("/roles/{}", role.id)>{role.name}</a>
                </th>
                <td role="cell" data-column="role">
                    {allows}
                </td>
                <td role="cell" data-column="queue">
                    {role.users}
                </td>
            </tr>
        }
    };
    view! {
        <div class="list-tools">
            <a class="button" data-kind="primary" href="/roles/new">
                "Add role"
            </a>
        </div>
        <div class="table-scroll">
            <table class="row-cards people" data-kind="roles" role="table">
                <caption class="visually-hidden">"Roles"</caption>
                <Heads titles=&["Name", "Permissions", "Users"] />
                <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
