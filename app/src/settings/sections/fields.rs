use calliyo_domain::{job::Job, settings::may_select, status::Status};
use leptos::prelude::*;

use super::{Choice, Editing, Field, Kind, SavedSection};
use crate::ui::{FieldProblem, InputField, described_by};

/// The section's fields, in their order.
#[component]
pub fn Fields(editing: Editing) -> impl IntoView {
    let fields = editing.of.fields.iter().map(|field| match &field.kind {
        Kind::Switch => view! { <Switch editing field /> }.into_any(),
        Kind::Statuses(job) => view! { <Statuses editing field job=*job /> }.into_any(),
        Kind::Choice(choices) => view! { <Choices editing field choices /> }.into_any(),
        Kind::Country => view! { <Country editing field /> }.into_any(),
        Kind::TimeZone => view! { <TimeZone editing field /> }.into_any(),
        Kind::Time => {
            let zone = Memo::new(move |_| editing.saved.with(|saved| saved.time_zone.clone()));
            view! { <Line editing field kind="time" unit=zone /> }.into_any()
        }
        Kind::Number(unit) => view! { <Line editing field kind="number" unit=*unit /> }.into_any(),
        Kind::Text => view! { <Line editing field kind="text" unit="" /> }.into_any(),
    });
    view! { <div class="fields">{fields.collect_view()}</div> }.into_any()
}

/// What the field's only value starts with.
fn start(editing: Editing, field: &'static Field) -> Signal<String> {
    Signal::derive(move || editing.start.with(|start| start.text(field.name).to_owned()))
}

#[component]
fn Line(
    editing: Editing,
    field: &'static Field,
    kind: &'static str,
    #[prop(into)] unit: Signal<String>,
) -> impl IntoView {
    view! {
        <InputField
            id=editing.of.id(field.name)
            name=field.input_name()
            label=field.label
            kind
            unit
            help=field.help
            value=start(editing, field)
            problem=editing.problem_at(field.name)
        />
    }
    .into_any()
}

#[component]
fn Switch(editing: Editing, field: &'static Field) -> impl IntoView {
    let id = editing.of.id(field.name);
    let help = format!("{id}-help");
    view! {
        <div class="field" data-kind="switch">
            <input
                id=id.clone()
                type="checkbox"
                role="switch"
                name=field.input_name()
                value="true"
                checked=move || editing.start.with(|start| start.is_on(field.name))
                aria-describedby=help.clone()
            />
            <label for=id>{field.label}</label>
            <p class="field-help" id=help>
                {field.help}
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn Statuses(editing: Editing, field: &'static Field, job: Job) -> impl IntoView {
    let problem = editing.problem_at(field.name);
    let offered = move || {
        let statuses = editing.saved.with(|saved| saved.statuses.clone());
        statuses.into_iter().filter(|status| may_select(job, status.id)).collect::<Vec<_>>()
    };
    // A status that gets another name keeps its tick.
    let option = move |status: Status| {
        let (id, value) = (status.id, status.id.to_string());
        let name = Memo::new(move |_| {
            let known = |saved: &SavedSection| {
                saved.statuses.iter().find(|known| known.id == id).map(|known| known.name.clone())
            };
            editing.saved.with(known).unwrap_or_default()
        });
        view! {
            <label class="option">
                <input
                    type="checkbox"
                    name=field.input_name()
                    value=value.clone()
                    checked=move || editing.start.with(|start| start.has(field.name, &value))
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <Group editing field problem>
            <div class="options">
                <For each=offered key=|status| status.id children=option />
            </div>
        </Group>
    }
    .into_any()
}

#[component]
fn Choices(editing: Editing, field: &'static Field, choices: &'static [Choice]) -> impl IntoView {
    let problem = editing.problem_at(field.name);
    let options = choices.iter().map(move |choice| {
        view! {
            <label class="option" data-kind="choice">
                <input
                    type="radio"
                    name=field.input_name()
                    value=choice.value
                    checked=move || editing.start.with(|start| start.has(field.name, choice.value))
                />
                <span>
                    <span class="option-name">{choice.label}</span>
                    " — "
                    {choice.help}
                </span>
            </label>
        }
    });
    view! {
        <Group editing field problem>
            <div class="options" data-kind="choices">
                {options.collect_view()}
            </div>
        </Group>
    }
    .into_any()
}

/// Several inputs under one name, with its explanation and what is wrong with it.
#[component]
fn Group(
    editing: Editing,
    field: &'static Field,
    problem: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let id = editing.of.id(field.name);
    let described = {
        let id = id.clone();
        move || described_by(&id, true, problem.with(Option::is_some))
    };
    view! {
        <fieldset class="field" data-kind="options" id=id.clone() aria-describedby=described>
            <legend>{field.label}</legend>
            {children()}
            <p class="field-help" id=format!("{id}-help")>
                {field.help}
            </p>
            <FieldProblem id=id.clone() problem />
        </fieldset>
    }
}

#[component]
fn Country(editing: Editing, field: &'static Field) -> impl IntoView {
    let id = editing.of.id(field.name);
    let problem = editing.problem_at(field.name);
    let described = {
        let id = id.clone();
        move || described_by(&id, true, problem.with(Option::is_some))
    };
    let start = start(editing, field);
    let countries = editing.saved.with_untracked(|saved| saved.choices.countries.clone());
    let options = countries.into_iter().map(|(code, name)| {
        let selected = {
            let code = code.clone();
            move || start.with(|start| *start == code)
        };
        view! {
            <option value=code selected=selected>
                {name}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{field.label}</label>
            <select id=id.clone() name=field.input_name() aria-describedby=described
                aria-invalid=move || problem.with(Option::is_some).then_some("true")>
                {options.collect_view()}
            </select>
            <p class="field-help" id=format!("{id}-help")>
                {field.help}
            </p>
            <FieldProblem id=id.clone() problem />
        </div>
    }
    .into_any()
}

/// A field that completes what is typed from the list of all zones.
#[component]
fn TimeZone(editing: Editing, field: &'static Field) -> impl IntoView {
    let list = editing.of.id("time_zones");
    let zones = editing.saved.with_untracked(|saved| saved.choices.time_zones.clone());
    view! {
        <InputField
            id=editing.of.id(field.name)
            name=field.input_name()
            label=field.label
            list=list.clone()
            help=field.help
            value=start(editing, field)
            problem=editing.problem_at(field.name)
        />
        <datalist id=list>
            {zones.into_iter().map(|zone| view! { <option value=zone></option> }).collect_view()}
        </datalist>
    }
    .into_any()
}
