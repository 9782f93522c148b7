use leptos::prelude::*;

use super::{RoleChoice, UserDraft};
use crate::ui::{FieldProblem, InputField, Refusal, described_by};

/// The fields' names, as refusals call them.
pub const FIELDS: [&str; 6] = ["name", "email", "phone", "employee_code", "role", "lead_cap"];

/// What is entered about a user.
#[component]
pub fn UserFields(
    /// What the fields start with.
    #[prop(into)]
    start: Signal<UserDraft>,
    roles: Vec<RoleChoice>,
    refusal: Refusal,
) -> impl IntoView {
    let text = move |part: fn(&UserDraft) -> &String| Signal::derive(move || start.with(|start| part(start).clone()));
    view! {
        <div class="field-pair">
            <InputField
                id="name"
                name="user[name]"
                label="Name"
                autocomplete="off"
                value=text(|user| &user.name)
                problem=refusal.at("name")
            />
            <InputField
                id="email"
                name="user[email]"
                label="Email"
                kind="email"
                autocomplete="off"
                help="They sign in with it. Capital and small letters are the same."
                value=text(|user| &user.email)
                problem=refusal.at("email")
            />
            <InputField
                id="phone"
                name="user[phone]"
                label="Phone (optional)"
                kind="tel"
                autocomplete="off"
                may_be_empty=true
                value=text(|user| &user.phone)
                problem=refusal.at("phone")
            />
            <InputField
                id="employee_code"
                name="user[employee_code]"
                label="Employee code (optional)"
                autocomplete="off"
                may_be_empty=true
                value=text(|user| &user.employee_code)
                problem=refusal.at("employee_code")
            />
            <RoleField start roles problem=refusal.at("role") />
            <InputField
                id="lead_cap"
                name="user[lead_cap]"
                label="Lead cap"
                kind="number"
                unit="leads"
                autocomplete="off"
                help="How many leads the queue may hold, from 0 to 100000. It counts for roles with Tasks."
                value=text(|user| &user.lead_cap)
                problem=refusal.at("lead_cap")
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

#[component]
fn RoleField(start: Signal<UserDraft>, roles: Vec<RoleChoice>, problem: Signal<Option<String>>) -> impl IntoView {
    let options = roles.into_iter().map(|role| {
        view! {
            <option value=role.id selected=move || start.with(|start| start.role == role.id)>
                {role.name}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for="role">"Role"</label>
            <select
                id="role"
                name="user[role]"
                aria-describedby=move || described_by("role", true, problem.with(Option::is_some))
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
            >
                {options.collect_view()}
            </select>
            <p class="field-help" id="role-help">
                "What the user may see and do. Users whose role loses Tasks keep their leads."
            </p>
            <FieldProblem id="role" problem />
        </div>
    }
    .into_any()
}
