use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::{Asked, Preset, question::Question};
use crate::ui::{FieldProblem, described_by};

/// Which days and whose calls. The choice goes into the address, so that it can be kept, sent and gone back to.
#[component]
pub fn ReportForm(asked: Asked) -> impl IntoView {
    let Asked { from, to, agent, problem, today, presets, agents } = asked;
    let navigate = use_navigate();
    let apply = move |event: SubmitEvent| {
        if let Some(question) = question(&event) {
            event.prevent_default();
            navigate(&question.address(), Default::default());
        }
    };
    let wrong = |field: &str| problem.as_ref().filter(|problem| problem.field == field).map(|p| p.message.clone());
    let (from_problem, to_problem) = (wrong("from"), wrong("to"));
    let export = Question { from: from.clone(), to: to.clone(), agent: agent.clone() }.export();
    let options = std::iter::once((String::new(), "Everybody".to_owned()))
        .chain(agents.into_iter().map(|(id, name)| (id.to_string(), name)))
        .map(|(value, name)| {
            let selected = value == agent;
            view! {
                <option value=value selected=selected>
                    {name}
                </option>
            }
        })
        .collect_view();
    view! {
        <Presets presets from=from.clone() to=to.clone() agent=agent.clone() />
        <form class="filters" method="get" action="/reports" on:submit=apply>
            <DateField id="report-from" name="from" label="From" value=from today=today.clone() problem=from_problem />
            <DateField id="report-to" name="to" label="To" value=to today problem=to_problem />
            <div class="filter">
                <label for="report-agent">"Agent"</label>
                <select id="report-agent" name="agent">
                    {options}
                </select>
            </div>
            <button class="button" type="submit">
                "Show"
            </button>
            {problem.is_none().then(|| {
                // The router would look for a page there: `external` leaves the link to the browser.
                view! {
                    <a class="button" href=export download rel="external">
                        "Download CSV"
                    </a>
                }
            })}
        </form>
    }
    .into_any()
}

/// What the form asks for.
fn question(event: &SubmitEvent) -> Option<Question> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    let text = |name| data.get(name).as_string().unwrap_or_default();
    Some(Question { from: text("from"), to: text("to"), agent: text("agent") })
}

#[component]
fn Presets(presets: Vec<Preset>, from: String, to: String, agent: String) -> impl IntoView {
    let links = presets.into_iter().map(|preset| {
        let here = preset.from == from && preset.to == to;
        let address = Question { from: preset.from, to: preset.to, agent: agent.clone() }.address();
        view! {
            <li>
                <a href=address aria-current=here.then_some("true")>
                    {preset.name}
                </a>
            </li>
        }
    });
    view! {
        <nav class="presets" aria-label="Days">
            <ul>{links.collect_view()}</ul>
        </nav>
    }
    .into_any()
}

#[component]
fn DateField(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    value: String,
    today: String,
    problem: Option<String>,
) -> impl IntoView {
    let is_wrong = problem.is_some();
    view! {
        <div class="filter" data-kind="date">
            <label for=id>{label}</label>
            <input
                id=id
                name=name
                type="date"
                value=value
                max=today
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=described_by(id, false, is_wrong)
            />
            <FieldProblem id problem=Signal::stored(problem) />
        </div>
    }
    .into_any()
}
