use calliyo_domain::permission::Permission;
use leptos::prelude::*;

use super::RoleDraft;
use crate::ui::{FieldProblem, InputField, Refusal};

/// The fields' names, as refusals call them.
pub const FIELDS: [&str; 2] = ["name", "permissions"];

/// A role's name and what it allows.
#[component]
pub fn RoleFields(
    /// What the fields start with.
    #[prop(into)]
    start: Signal<RoleDraft>,
    refusal: Refusal,
) -> impl IntoView {
    let problem = refusal.at("permissions");
    let option = move |permission: Permission| {
        view! {
            <label class="option" data-kind="choice">
                <input
                    type="checkbox"
                    name=format!("role[permissions][{}]", permission.key())
                    value="true"
                    checked=move || start.with(|start| start.permissions.allow(permission))
                />
                <span>
                    <span class="option-label">{permission.title()}</span>
                    <span class="option-help">{permission.explanation()}</span>
                </span>
            </label>
        }
    };
    view! {
        <InputField
            id="name"
            name="role[name]"
            label="Name"
            autocomplete="off"
            value=Signal::derive(move || start.with(|start| start.name.clone()))
            problem=refusal.at("name")
        />
        <fieldset
            class="field"
            data-kind="options"
            id="permissions"
            aria-describedby=move || problem.with(Option::is_some).then_some("permissions-problem")
        >
            <legend>"Permissions"</legend>
            <div class="options" data-kind="choices">
                {Permission::ALL.map(option).collect_view()}
            </div>
            <FieldProblem id="permissions" problem />
        </fieldset>
    }
    .into_any()
}
