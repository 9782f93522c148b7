use leptos::prelude::*;

use crate::ui::Menu;

/// Any of several values to filter by, or none.
#[component]
pub fn ManyChoice(
    name: &'static str,
    label: &'static str,
    /// What choosing nothing is called.
    any: &'static str,
    /// What several of them are called.
    several: &'static str,
    /// Value and name.
    choices: Memo<Vec<(String, String)>>,
    chosen: Memo<Vec<String>>,
) -> impl IntoView {
    let says = Signal::derive(move || {
        chosen.with(|chosen| match chosen.as_slice() {
            [] => any.to_owned(),
            [one] => choices.with(|choices| {
                let known = choices.iter().find(|(value, _)| value == one);
                known.map_or_else(|| one.clone(), |(_, name)| name.clone())
            }),
            more => format!("{} {several}", more.len()),
        })
    });
    let option = move |(value, text): (String, String)| {
        let checked = {
            let value = value.clone();
            move || chosen.with(|chosen| chosen.contains(&value))
        };
        view! {
            <label class="menu-option">
                <input type="checkbox" name=name value=value checked=checked />
                {text}
            </label>
        }
    };
    view! {
        <div class="filter">
            <span class="filter-label" aria-hidden="true">
                {label}
            </span>
            <Menu label=says purpose=label kind="choice">
                <fieldset>
                    <legend class="visually-hidden">{label}</legend>
                    {move || choices.get().into_iter().map(option).collect_view()}
                </fieldset>
            </Menu>
        </div>
    }
    .into_any()
}
