use leptos::prelude::*;

use super::{FieldProblem, described_by};

/// One of several values to filter by, or any.
#[component]
pub fn Choice(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    /// What choosing nothing is called.
    #[prop(into)]
    any: Signal<String>,
    /// Value and name.
    choices: Memo<Vec<(String, String)>>,
    chosen: Memo<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let options = Memo::new(move |_| {
        let mut options = choices.get();
        options.insert(0, (String::new(), any.get()));
        and_asked(options, [chosen.get()], str::to_owned)
    });
    let option = move |(value, name): (String, String)| {
        let selected = {
            let value = value.clone();
            move || chosen.with(|chosen| *chosen == value)
        };
        view! {
            // The attribute for the page as it is sent, the property for after somebody has chosen by hand.
            <option value=value selected=selected.clone() prop:selected=selected>
                {name}
            </option>
        }
    };
    view! {
        <div class="filter">
            <label for=id>{label}</label>
            <select
                id=id
                name=name
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=move || described_by(id, false, problem.with(Option::is_some))
            >
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
            <FieldProblem id problem />
        </div>
    }
    .into_any()
}

/// The choices, by value and name, and what else is asked for: an address may ask for what is no choice any more.
pub fn and_asked(
    mut choices: Vec<(String, String)>,
    asked: impl IntoIterator<Item = String>,
    name: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    for value in asked {
        if !choices.iter().any(|(known, _)| *known == value) {
            let name = name(&value);
            choices.push((value, name));
        }
    }
    choices
}
