use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    AddUser, NewUserForm, RoleChoice, UserDraft,
    fields::{FIELDS, UserFields},
    read_new_user,
};
use crate::{
    Fault,
    live::Live,
    ui::{
        Card, FaultNote, FormButtons, FormPage, InputField, Refusal, followed, from_here, guard_typed, json_parameter,
        leaving, made_under, post,
    },
};

/// `/users/new`
#[component]
pub fn NewUserPage() -> impl IntoView {
    let live = Live::current();
    let start = Resource::new(move || live.company(), |_| read_new_user());
    view! {
        <FormPage
            title="Add user"
            purpose="They can sign in as soon as they are added."
            back=("/users", "All users")
            start
            form=move |form| view! { <AddForm form read=start /> }
        />
    }
}

#[component]
fn AddForm(
    form: NewUserForm,
    /// What reads it again.
    read: Resource<Result<NewUserForm, Fault>>,
) -> impl IntoView {
    let add = ServerAction::<AddUser>::new();
    let refusal = Refusal::of(add.value().into());
    let roles = form.roles.clone();
    let brought = json_parameter::<UserDraft>("draft");
    let touched = RwSignal::new(brought.is_some());
    let start = brought.unwrap_or_else(|| blank(&roles));
    let form = followed(form, read);
    let country = Signal::derive(move || form.with(|form| form.country.code.clone()));
    let made = made_under(country.get_untracked(), country, touched.into(), refusal);
    let busy = leaving(add.pending(), add.value().into());
    let guard = guard_typed(busy);
    let typed = move |event| {
        touched.set(true);
        guard(event);
    };
    view! {
        <Card id="details" title="Details" purpose="What the company knows them by, and what they may do.">
            <form method="post" action=from_here(AddUser::url()) class="stack" novalidate autocomplete="off"
                on:input=typed on:submit=post(add)>
                <UserFields start=Signal::stored(start) roles=Signal::stored(roles) made refusal />
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
            </form>
        </Card>
    }
    .into_any()
}

/// Most of those who are added take calls. A role that manages users or settings is given by choice alone.
fn blank(roles: &[RoleChoice]) -> UserDraft {
    let agent = roles.iter().find(|role| role.works_queue && !role.administers);
    UserDraft { role: agent.map(|role| role.id).unwrap_or_default(), receiving: true, ..UserDraft::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_role_that_administers_is_given_unasked() {
        let role = |id, works_queue, administers| RoleChoice { id, name: String::new(), works_queue, administers };
        let roles = [role(1, false, true), role(2, true, true), role(3, true, false), role(4, true, false)];
        assert_eq!((blank(&roles).role, blank(&roles).lead_cap.as_str()), (3, ""));
        assert_eq!(blank(&roles[..2]).role, 0);
    }
}
