use calliyo_domain::{Invalid, lead_order::LeadOrder};
use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement};

use super::{
    Choices, Filter, LEADS, Owner,
    chips::{owner_name, status_name},
    many_choice::ManyChoice,
};
use crate::ui::{Choice, and_asked, filter_events, search_by_keys};

/// What to show. The choice goes into the address, so that it can be kept, sent and gone back to; with JavaScript it
/// does so as one chooses.
#[component]
pub fn FilterForm(
    filter: Memo<Filter>,
    choices: Memo<Choices>,
    /// Whether the viewer sees all leads.
    manages: Memo<bool>,
    /// The fields that can't be read.
    problem: Memo<Option<Invalid>>,
    /// Whether the list isn't there yet that is asked for.
    awaited: Signal<bool>,
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let search = NodeRef::<html::Input>::new();
    search_by_keys(search, move || awaited.get());
    let navigate = use_navigate();
    let apply = move |replace: bool| {
        let chosen = form.try_get_untracked().flatten().and_then(|form| chosen(&form));
        if let Some(chosen) = chosen.filter(|chosen| filter.with_untracked(|filter| filter != chosen)) {
            navigate(&chosen.address(), NavigateOptions { replace, scroll: false, ..Default::default() });
        }
    };
    let (typed, submit) = filter_events(apply.clone());
    Effect::new({
        let apply = apply.clone();
        move |before: Option<Filter>| {
            let now = filter.get();
            match before {
                // What was chosen before the page answered to scripts.
                None => apply(true),
                Some(before) if before != now => {
                    if let Some(form) = form.get_untracked() {
                        fill(&form, &now);
                    }
                }
                Some(_) => {}
            }
            now
        }
    });
    let statuses = Memo::new(move |_| {
        choices.with(|choices| {
            let all = choices.statuses.iter().map(|status| (status.id.to_string(), status.name.clone())).collect();
            and_asked(all, filter.get().status, |id| status_name(id, choices))
        })
    });
    let wrong = move || problem.with(|problem| problem.as_ref().is_some_and(|problem| problem.at("days").is_some()));
    let (q, days) = (move || filter.with(|filter| filter.q.clone()), move || filter.with(|filter| filter.days.clone()));
    view! {
        <form class="filters" data-kind="leads" role="search" method="get" action=LEADS autocomplete="off" node_ref=form on:submit=submit on:change=move |_| apply(false)>
            <div class="filter" data-kind="search">
                <label for="filter-q">"Name, phone or email"</label>
                <input id="filter-q" node_ref=search type="search" name="q" maxlength="200" autocomplete="off" value=q on:input=typed />
            </div>
            <ManyChoice name="status" label="Status" any="Any status" several="statuses" choices=statuses
                chosen=Memo::new(move |_| filter.with(|filter| filter.status.clone())) />
            {move || match manages.get() {
                true => view! { <ManagersChoices filter choices /> }.into_any(),
                false => view! { <Kept filter /> }.into_any(),
            }}
            <div class="filter" data-kind="days">
                <label for="filter-days">"Days on status"</label>
                <input
                    id="filter-days"
                    type="text"
                    inputmode="numeric"
                    name="days"
                    maxlength="6"
                    placeholder="At least"
                    autocomplete="off"
                    value=days
                    aria-invalid=move || wrong().then_some("true")
                />
            </div>
            <input type="hidden" name="import" value=move || filter.with(|filter| filter.import.clone()) />
            <OrderChoice filter />
            <button class="button" type="submit">
                "Filter"
            </button>
        </form>
    }
    .into_any()
}

/// What the form asks for; without the fields that say nothing, which the browser itself would send along.
fn chosen(form: &HtmlFormElement) -> Option<Filter> {
    let data = FormData::new_with_form(form).ok()?;
    let fields = ["status", "owner", "tag", "source", "import", "days", "q", "sort"].into_iter();
    let values = |name| data.get_all(name).iter().filter_map(|value| value.as_string()).collect::<Vec<_>>();
    Some(Filter::of_pairs(fields.flat_map(|name| values(name).into_iter().map(move |value| (name, value)))))
}

/// Has the fields show what the address asks for, even where the viewer has chosen by hand. Where it is the same, what
/// is being typed stays as it is.
fn fill(form: &HtmlFormElement, filter: &Filter) {
    let Ok(fields) = form.query_selector_all("input, select") else { return };
    let pairs = filter.pairs();
    let asked = |name: &str, value: &str| pairs.iter().any(|(known, asked)| *known == name && *asked == value);
    let value = |name: String| pairs.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
    for n in 0..fields.length() {
        let Some(field) = fields.get(n) else { continue };
        match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlSelectElement>()) {
            (Some(input), _) if input.type_() == "checkbox" => {
                input.set_checked(asked(&input.name(), &input.value()));
            }
            // Made anew with what is asked for.
            (Some(input), _) if input.type_() == "hidden" => {}
            (Some(input), _) if input.value().trim() != value(input.name()) => input.set_value(value(input.name())),
            (_, Some(select)) => select.set_value(value(select.name())),
            _ => {}
        }
    }
}

/// The usual order needs no choosing.
#[component]
fn OrderChoice(filter: Memo<Filter>) -> impl IntoView {
    let usual = Memo::new(move |_| filter.with(Filter::usual_order));
    let others = Memo::new(move |_| {
        let others = LeadOrder::ALL.into_iter().filter(|order| *order != usual.get());
        others.map(|order| (order.key().to_owned(), order.title().to_owned())).collect()
    });
    let any = Signal::derive(move || usual.get().title().to_owned());
    let chosen = Memo::new(move |_| filter.with(|filter| filter.sort.clone()));
    view! { <Choice id="filter-sort" name="sort" label="Order" any choices=others chosen /> }.into_any()
}

/// What an address may ask for that agents have no fields for: it stays asked for.
#[component]
fn Kept(filter: Memo<Filter>) -> impl IntoView {
    move || {
        let filter = filter.get();
        let kept = filter.pairs().into_iter().filter(|(name, _)| ["owner", "tag", "source"].contains(name));
        let field = |(name, value): (&'static str, &str)| {
            view! { <input type="hidden" name=name value=value.to_owned() /> }
        };
        kept.map(field).collect_view()
    }
}

#[component]
fn ManagersChoices(filter: Memo<Filter>, choices: Memo<Choices>) -> impl IntoView {
    let named = |names: &[String]| names.iter().map(|name| (name.clone(), name.clone())).collect::<Vec<_>>();
    let owners = Memo::new(move |_| {
        choices
            .with(|choices| and_asked(owner_choices(&choices.owners), filter.get().owner, |id| owner_name(id, choices)))
    });
    let tags =
        Memo::new(move |_| choices.with(|choices| and_asked(named(&choices.tags), filter.get().tag, str::to_owned)));
    let sources = Memo::new(move |_| choices.with(|choices| named(&choices.sources)));
    view! {
        <ManyChoice name="owner" label="Owner" any="Anyone" several="owners" choices=owners
            chosen=Memo::new(move |_| filter.with(|filter| filter.owner.clone())) />
        <ManyChoice name="tag" label="Tag" any="Any tag" several="tags" choices=tags
            chosen=Memo::new(move |_| filter.with(|filter| filter.tag.clone())) />
        <Choice id="filter-source" name="source" label="Source" any="Any source" choices=sources
            chosen=Memo::new(move |_| filter.with(|filter| filter.source.clone())) />
    }
    .into_any()
}

fn owner_choices(owners: &[Owner]) -> Vec<(String, String)> {
    let nobody = ("none".to_owned(), "Nobody".to_owned());
    let named = owners.iter().map(|owner| (owner.id.to_string(), owner.name.clone()));
    std::iter::once(nobody).chain(named).collect()
}
