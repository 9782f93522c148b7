use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    DeleteRole, EditRole, RoleDraft, RoleRow,
    fields::{FIELDS, RoleFields},
    read_role,
};
use crate::{
    Fault,
    live::Live,
    ui::{
        Card, ConfirmForm, DoneNote, FaultNote, NotSaved, Refused, SubmitButton, VersionedForm, count, followed,
        from_here, parameter, problem_of_form,
    },
};

/// `/roles/:id`
#[component]
pub fn RolePage() -> impl IntoView {
    let params = use_params_map();
    let live = Live::current();
    // What is no number is no role's.
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<i64>().ok()).unwrap_or_default());
    let role = Resource::new(move || (id.get(), live.users()), |(id, _)| read_role(id));
    // Not in a closure: later loads are followed, and don't throw away what is typed.
    let content = async move {
        match role.await {
            Ok(first) => view! { <RoleView first role /> }.into_any(),
            Err(fault) => view! { <Refused fault title="Role" /> }.into_any(),
        }
    };
    view! {
        <p class="back"><a href="/roles">"All roles"</a></p>
        <Transition fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>
            {Suspend::new(content)}
        </Transition>
    }
    .into_any()
}

#[component]
fn RoleView(first: RoleRow, role: Resource<Result<RoleRow, Fault>>) -> impl IntoView {
    let state = followed(first, role);
    let done = RwSignal::new(done_before());
    let name = Memo::new(move |_| state.with(|role| role.name.clone()));
    view! {
        <Title text=name />
        <div class="page-head">
            <h1>{name}</h1>
            <p>{move || state.with(|role| format!("{} with this role.", count(role.users.unsigned_abs(), "user")))}</p>
        </div>
        <DoneNote text=done />
        <EditForm state role done />
        <DeleteCard state />
    }
    .into_any()
}

fn done_before() -> Option<String> {
    match parameter("done")?.as_str() {
        "added" => Some("Added. Give it to users on their pages.".to_owned()),
        "saved" => Some(SAVED.to_owned()),
        _ => None,
    }
}

const SAVED: &str = "Saved. It counts from the next request of the role's users on.";

#[component]
fn EditForm(
    state: RwSignal<RoleRow>,
    /// What reads the role.
    role: Resource<Result<RoleRow, Fault>>,
    done: RwSignal<Option<String>>,
) -> impl IntoView {
    let edit = ServerAction::<EditRole>::new();
    let stored = Memo::new(move |_| state.with(|role| (role.version, draft(role))));
    let VersionedForm { form, start, version, touched, refusal, submit } =
        VersionedForm::of(role, stored, edit, done, SAVED);
    let facts = Memo::new(move |_| state.with(facts));
    view! {
        <Card id="details" title="Role" purpose="What it is called, and what its users may do.">
            <form
                method="post"
                action=from_here(EditRole::url())
                node_ref=form
                class="stack"
                novalidate
                autocomplete="off"
                on:input=move |_| touched.set(true)
                on:submit=move |event| submit.run(event)
            >
                <input type="hidden" name="id" value=move || state.with(|role| role.id) />
                <input type="hidden" name="version" value=version />
                <RoleFields start refusal />
                <NotSaved refusal fields=&FIELDS what="role" facts />
                <div class="form-buttons">
                    <SubmitButton label="Save" busy="Saving…" pending=edit.pending() />
                </div>
            </form>
        </Card>
    }
    .into_any()
}

fn draft(role: &RoleRow) -> RoleDraft {
    RoleDraft { name: role.name.clone(), permissions: role.permissions }
}

/// What the role is, for who typed on what it was.
fn facts(role: &RoleRow) -> Vec<(&'static str, String)> {
    vec![("Name", role.name.clone()), ("Permissions", role.allows())]
}

#[component]
fn DeleteCard(state: RwSignal<RoleRow>) -> impl IntoView {
    let users = Memo::new(move |_| state.with(|role| role.users.unsigned_abs()));
    let content = move || match users.get() {
        0 => view! { <Delete state /> }.into_any(),
        users => view! {
            <p>{format!("{} this role. Give them another one on their pages first.", having(users))}</p>
        }
        .into_any(),
    };
    view! {
        <Card id="delete" title="Delete" purpose="A role can be deleted once no user has it.">
            {problem_of_form("delete").map(|fault| view! { <FaultNote fault /> })}
            {content}
        </Card>
    }
    .into_any()
}

fn having(users: u64) -> String {
    let verb = if users == 1 { "has" } else { "have" };
    format!("{} {verb}", count(users, "user"))
}

#[component]
fn Delete(state: RwSignal<RoleRow>) -> impl IntoView {
    let (id, name) = state.with_untracked(|role| (role.id, role.name.clone()));
    view! {
        <ConfirmForm
            id="delete-role"
            page=format!("/roles/{id}")
            opener="Delete…"
            question=format!("Delete {name}?")
            action=DeleteRole::url()
            confirm="Delete"
        >
            <input type="hidden" name="id" value=id />
            <p>"No user has this role."</p>
        </ConfirmForm>
    }
    .into_any()
}
