use leptos::{form::ActionForm, html, prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    DeleteRole, EditRole, RoleDraft, RoleRow,
    changed::Changed,
    fields::{FIELDS, RoleFields},
    read_role,
};
use crate::{
    Fault,
    live::Live,
    ui::{
        Card, ConfirmForm, DoneNote, FaultNote, Refusal, Refused, SubmitButton, count, follow, json_parameter,
        parameter, problem_of_form, reset_form,
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
    let state = RwSignal::new(first);
    let done = RwSignal::new(done_before());
    let form = NodeRef::<html::Form>::new();
    let settled = RwSignal::new(false);
    follow(role, move |next| {
        if state.with_untracked(|state| *state != next) {
            state.set(next);
        }
        if settled.get_untracked() {
            settled.set(false);
            // What was stored may be spelled otherwise than it was typed.
            reset_form(form);
        }
    });
    let name = Memo::new(move |_| state.with(|role| role.name.clone()));
    view! {
        <Title text=name />
        <div class="page-head">
            <h1>{name}</h1>
            <p>{move || state.with(|role| format!("{} with this role.", count(role.users.unsigned_abs(), "user")))}</p>
        </div>
        <DoneNote text=done />
        <EditForm state form settled done reread=move || role.refetch() />
        <DeleteCard state />
    }
    .into_any()
}

fn done_before() -> Option<String> {
    match parameter("done")?.as_str() {
        "added" => Some("Added. Users get it on their own pages.".to_owned()),
        "saved" => Some(SAVED.to_owned()),
        _ => None,
    }
}

const SAVED: &str = "Saved. It counts from the next request of the role's users on.";

#[component]
fn EditForm(
    state: RwSignal<RoleRow>,
    form: NodeRef<html::Form>,
    /// Set once something is saved: what was typed then gives way to what is read again.
    settled: RwSignal<bool>,
    done: RwSignal<Option<String>>,
    /// Reads the role again.
    reread: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let edit = ServerAction::<EditRole>::new();
    let refusal = Refusal::of_form("details", edit.value().into());
    // What a form posted without JavaScript brought back stays until something is saved.
    let here = parameter("form").as_deref() == Some("details");
    let typed = RwSignal::new(here.then(|| json_parameter::<RoleDraft>("draft")).flatten());
    let saved = move || state.with(|role| RoleDraft { name: role.name.clone(), permissions: role.permissions });
    let start = Memo::new(move |_| typed.get().unwrap_or_else(saved));
    // What is typed stays while somebody else's edit is read. So does the version that it was typed on: the save is
    // refused, says so, and the next one is made on what is stored now, which is shown.
    let version = RwSignal::new(state.with_untracked(|role| role.version));
    let touched = RwSignal::new(typed.with_untracked(Option::is_some));
    let stale = Memo::new(move |_| refusal.is(&Fault::Changed));
    Effect::new(move |_| {
        let stored = state.with(|role| role.version);
        if stale.get() || !touched.get() {
            version.set(stored);
        }
    });
    Effect::new(move |_| match edit.value().get() {
        Some(Ok(())) => {
            typed.set(None);
            settled.set(true);
            touched.set(false);
            done.set(Some(SAVED.to_owned()));
            reread();
        }
        Some(Err(fault)) => {
            done.set(None);
            if fault == Fault::Changed {
                reread();
            }
        }
        None => {}
    });
    view! {
        <Card id="details" title="Role" purpose="What it is called, and what its users may do.">
            <ActionForm
                action=edit
                node_ref=form
                attr:class="stack"
                attr:novalidate=true
                attr:autocomplete="off"
                // What is typed before the stored is shown again gives way to it.
                on:input=move |_| if !settled.get_untracked() { touched.set(true) }
            >
                <input type="hidden" name="id" value=move || state.with(|role| role.id) />
                <input type="hidden" name="version" value=version />
                <RoleFields start refusal />
                {move || refusal.elsewhere(&FIELDS).map(|fault| match fault {
                    Fault::Changed => view! { <Changed state /> }.into_any(),
                    fault => view! { <FaultNote fault /> }.into_any(),
                })}
                <div class="form-buttons">
                    <SubmitButton label="Save" busy="Saving…" pending=edit.pending() />
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}

#[component]
fn DeleteCard(state: RwSignal<RoleRow>) -> impl IntoView {
    let users = Memo::new(move |_| state.with(|role| role.users.unsigned_abs()));
    let content = move || match users.get() {
        0 => view! { <Delete state /> }.into_any(),
        users => view! {
            <p>{format!("{} this role. Give them another one on their own pages first.", having(users))}</p>
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
