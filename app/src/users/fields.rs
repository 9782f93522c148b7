use leptos::prelude::*;

use super::{RoleChoice, UserDraft};
use crate::ui::{FieldProblem, InputField, Refusal, described_by, kept};

/// The fields' names, as refusals call them.
pub const FIELDS: [&str; 6] = ["name", "email", "phone", "employee_code", "role", "lead_cap"];

/// What is entered about a user.
#[component]
pub fn UserFields(
    /// What the fields start with.
    #[prop(into)]
    start: Signal<UserDraft>,
    #[prop(into)] roles: Signal<Vec<RoleChoice>>,
    /// The code of the country that the form is made under.
    made: RwSignal<String>,
    refusal: Refusal,
) -> impl IntoView {
    view! {
        <input type="hidden" name="country" value=move || made.get() />
        <div class="field-pair">
            <TextField id="name" label="Name" part=|user| &user.name start refusal />
            <TextField
                id="email"
                label="Email"
                kind="email"
                help="They sign in with it. Capital and small letters are the same."
                part=|user| &user.email
                start
                refusal
            />
            <TextField id="phone" label="Phone (optional)" kind="tel" may_be_empty=true part=|user| &user.phone start refusal />
            <TextField
                id="employee_code"
                label="Employee code (optional)"
                may_be_empty=true
                part=|user| &user.employee_code
                start
                refusal
            />
            <RoleField start roles problem=refusal.at("role") />
            <TextField
                id="lead_cap"
                label="Lead cap"
                kind="number"
                unit="leads"
                may_be_empty=true
                help="How many leads the queue may hold, from 0 to 100000. Roles with Tasks need it; for others it doesn't count."
                part=|user| &user.lead_cap
                start
                refusal
            />
        </div>
        <div class="field" data-kind="switch">
            <input
                id="receiving"
                type="checkbox"
                role="switch"
                name="user[receiving]"
                value="true"
                checked=move || start.with(|start| start.receiving)
                aria-describedby="receiving-help"
            />
            <label for="receiving">"Receiving leads"</label>
            <p class="field-help" id="receiving-help">
                "Switch it off while the user is on leave: the leads stay, and the jobs give no more."
            </p>
        </div>
    }
    .into_any()
}

/// One of the draft's texts, by the name that refusals call it.
#[component]
fn TextField(
    id: &'static str,
    label: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "")] unit: &'static str,
    #[prop(default = false)] may_be_empty: bool,
    #[prop(optional)] help: &'static str,
    part: fn(&UserDraft) -> &String,
    start: Signal<UserDraft>,
    refusal: Refusal,
) -> impl IntoView {
    view! {
        <InputField
            id
            name=format!("user[{id}]")
            label
            kind
            unit
            autocomplete="off"
            may_be_empty
            help
            value=Signal::derive(move || start.with(|start| part(start).clone()))
            problem=refusal.at(id)
        />
    }
}

#[component]
fn RoleField(
    start: Signal<UserDraft>,
    roles: Signal<Vec<RoleChoice>>,
    problem: Signal<Option<String>>,
) -> impl IntoView {
    // Who chose nothing is asked to.
    let none = (start.with_untracked(|start| start.role) == 0).then(|| {
        view! {
            <option value="0" selected=move || start.with(|start| start.role == 0)>
                "Choose a role"
            </option>
        }
    });
    // Each option stays while others come and go, and with it what is chosen.
    let ids = move || roles.with(|roles| roles.iter().map(|role| role.id).collect::<Vec<_>>());
    let option = move |id: i64| {
        let name =
            kept(move || roles.with(|roles| roles.iter().find(|role| role.id == id).map(|role| role.name.clone())));
        view! {
            <option value=id selected=move || start.with(|start| start.role == id)>
                {name}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for="role">"Role"</label>
            <select
                id="role"
                name="user[role]"
                aria-describedby=move || described_by("role", true, problem.with(Option::is_some))
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
            >
                {none}
                <For each=ids key=|id| *id children=option />
            </select>
            <p class="field-help" id="role-help">
                "What the user may see and do. Users whose role loses Tasks keep their leads."
            </p>
            <FieldProblem id="role" problem />
        </div>
    }
    .into_any()
}
