use leptos::prelude::*;

/// A labelled one-line input with its explanation, and beside it what is wrong with it.
#[component]
pub fn InputField(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    /// The input's `type`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] help: Option<String>,
    /// What the input starts with.
    #[prop(optional, into)]
    value: Option<Signal<String>>,
    #[prop(into)] problem: Signal<Option<String>>,
) -> impl IntoView {
    let has_help = help.is_some();
    view! {
        <div class="field" data-kind=kind>
            <label for=id>{label}</label>
            <input
                id=id
                name=name
                type=kind
                autocomplete=autocomplete
                value=move || value.map(|value| value.get())
                required
                aria-describedby=move || described_by(id, has_help, problem.with(Option::is_some))
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
            />
            {help.map(|help| view! { <p class="field-help" id=format!("{id}-help")>{help}</p> })}
            <FieldProblem id problem />
        </div>
    }
    .into_any()
}

/// What is wrong with the field `id`.
#[component]
pub fn FieldProblem(id: &'static str, problem: Signal<Option<String>>) -> impl IntoView {
    move || problem.get().map(|text| view! { <p class="field-problem" id=format!("{id}-problem")>{text}</p> })
}

/// The ids of the texts that describe the field `id`, the problem first.
pub fn described_by(id: &str, has_help: bool, has_problem: bool) -> Option<String> {
    match (has_problem, has_help) {
        (true, true) => Some(format!("{id}-problem {id}-help")),
        (true, false) => Some(format!("{id}-problem")),
        (false, true) => Some(format!("{id}-help")),
        (false, false) => None,
    }
}
