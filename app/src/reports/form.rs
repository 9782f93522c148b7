use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::{Asked, Preset, order::Order, question::Question};
use crate::ui::{Choice, FieldProblem, described_by, reset_form};

/// Which days and whose calls. The choice goes into the address, so that it can be kept, sent and gone back to. The form
/// stays where it is while its question is answered, and then says what the figures answer: what was chosen in it and
/// not sent goes.
#[component]
pub fn ReportForm(
    asked: Memo<Asked>,
    /// The question as the address had it that was answered.
    answered: Memo<Option<Question>>,
    /// The order of the agents, which stays.
    order: Memo<Order>,
) -> impl IntoView {
    let navigate = use_navigate();
    let form = NodeRef::<html::Form>::new();
    let apply = move |event: SubmitEvent| {
        if let Some(question) = question(&event) {
            event.prevent_default();
            navigate(&question.address(order.get_untracked()), Default::default());
        }
    };
    Effect::new(move |before: Option<Option<Question>>| {
        let now = answered.get();
        if before.is_some_and(|before| before != now) {
            reset_form(form);
        }
        now
    });
    let export = move || {
        let asked = asked.get();
        // The router would look for a page there: `external` leaves the link to the browser.
        asked.problem.is_none().then(|| {
            view! {
                <a class="button" href=Question::of(&asked).export() download rel="external">
                    "Download CSV"
                </a>
            }
        })
    };
    view! {
        <Presets asked order form />
        <form class="filters" method="get" action="/reports" node_ref=form on:submit=apply>
            <DateField id="report-from" name="from" label="From" asked value=|asked| &asked.from />
            <DateField id="report-to" name="to" label="To" asked value=|asked| &asked.to />
            <AgentField asked />
            <input type="hidden" name="sort" value=move || order.get().text() />
            <button class="button" type="submit">
                "Show"
            </button>
            {export}
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

/// What is wrong with the field of this name.
fn problem_of(asked: Memo<Asked>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || asked.with(|asked| asked.problem.as_ref().and_then(|problem| problem.at(field))))
}

#[component]
fn Presets(asked: Memo<Asked>, order: Memo<Order>, form: NodeRef<html::Form>) -> impl IntoView {
    let presets = Memo::new(move |_| asked.with(|asked| asked.presets.clone()));
    let link = move |preset: Preset| {
        let Preset { name, from, to } = preset;
        let address = {
            let (from, to) = (from.clone(), to.clone());
            move || {
                let agent = asked.with(|asked| asked.agent.clone());
                Question { from: from.clone(), to: to.clone(), agent }.address(order.get())
            }
        };
        let here = move || asked.with(|asked| asked.from == from && asked.to == to).then_some("true");
        view! {
            <li>
                // It may lead to where the page is, which is no new question.
                <a href=address aria-current=here on:click=move |_| reset_form(form)>
                    {name}
                </a>
            </li>
        }
    };
    view! {
        <nav class="presets" aria-label="Days">
            <ul>{move || presets.get().into_iter().map(link).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

#[component]
fn DateField(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    asked: Memo<Asked>,
    value: fn(&Asked) -> &String,
) -> impl IntoView {
    let value = Memo::new(move |_| asked.with(|asked| value(asked).clone()));
    let problem = problem_of(asked, name);
    view! {
        <div class="filter" data-kind="date">
            <label for=id>{label}</label>
            <input
                id=id
                name=name
                type="date"
                value=value
                prop:value=value
                max=move || asked.with(|asked| asked.today.clone())
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=move || described_by(id, false, problem.with(Option::is_some))
            />
            <FieldProblem id problem />
        </div>
    }
    .into_any()
}

#[component]
fn AgentField(asked: Memo<Asked>) -> impl IntoView {
    let agents = move |asked: &Asked| asked.agents.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    view! {
        <Choice
            id="report-agent"
            name="agent"
            label="Agent"
            any="Everybody"
            choices=Memo::new(move |_| asked.with(agents))
            chosen=Memo::new(move |_| asked.with(|asked| asked.agent.clone()))
            problem=problem_of(asked, "agent")
        />
    }
    .into_any()
}
