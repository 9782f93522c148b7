use leptos::prelude::*;

/// A labelled one-line input with its explanation, and beside it what is wrong with it.
#[component]
pub fn InputField(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    label: &'static str,
    /// The input's `type`. A number is typed as text, so that what is no number isn't lost.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    /// Whether it may stay empty.
    #[prop(default = false)]
    may_be_empty: bool,
    /// What a number counts, or the zone of a time.
    #[prop(optional, into)]
    unit: Signal<String>,
    /// The id of the list that completes what is typed.
    #[prop(optional, into)]
    list: Option<String>,
    #[prop(optional, into)] help: Option<Signal<String>>,
    /// What the input starts with.
    #[prop(optional, into)]
    value: Option<Signal<String>>,
    #[prop(into)] problem: Signal<Option<String>>,
    /// Where what causes the problem is.
    #[prop(optional)]
    leads_to: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let help = help.filter(|help| help.with_untracked(|help| !help.is_empty()));
    let has_help = help.is_some();
    let is_number = kind == "number";
    let has_unit = Memo::new(move |_| unit.with(|unit| !unit.is_empty()));
    let described = {
        let id = id.clone();
        move || {
            let texts = described_by(&id, has_help, problem.with(Option::is_some));
            let unit = has_unit.get().then(|| format!("{id}-unit"));
            Some([texts, unit].into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|ids| !ids.is_empty())
        }
    };
    let unit_id = format!("{id}-unit");
    view! {
        <div class="field" data-kind=kind>
            <label for=id.clone()>{label}</label>
            <div class="field-line">
                <input
                    id=id.clone()
                    name=name
                    type=if is_number { "text" } else { kind }
                    inputmode=is_number.then_some("numeric")
                    autocomplete=autocomplete
                    list=list
                    value=move || value.map(|value| value.get())
                    required=!may_be_empty
                    aria-describedby=described
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                />
                {move || has_unit.get().then(|| view! { <span class="field-unit" id=unit_id.clone()>{unit}</span> })}
            </div>
            {help.map(|help| view! { <p class="field-help" id=format!("{id}-help")>{help}</p> })}
            <FieldProblem id problem leads_to />
        </div>
    }
    .into_any()
}

/// What is wrong with the field `id`.
#[component]
pub fn FieldProblem(
    #[prop(into)] id: String,
    problem: Signal<Option<String>>,
    /// Where what causes it is.
    #[prop(optional_no_strip)]
    leads_to: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let link = move || {
        let address = leads_to.and_then(|leads_to| leads_to.get());
        address.map(|address| view! { " " <a href=address>"See it"</a> })
    };
    move || {
        problem.get().map(|text| {
            view! {
                <p class="field-problem" id=format!("{id}-problem") role="alert">
                    {text}
                    {link()}
                </p>
            }
        })
    }
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
