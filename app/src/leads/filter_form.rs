use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::{LeadPage, Owner, filter::Filter};

/// What to show. The choice goes into the address, so that it can be kept, sent and gone back to.
#[component]
pub fn FilterForm(filter: Memo<Filter>, page: LeadPage) -> impl IntoView {
    let statuses = page.statuses.into_iter().map(|status| (status.id.to_string(), status.name)).collect();
    let owners = (!page.owners.is_empty()).then(|| owner_choices(page.owners));
    let navigate = use_navigate();
    let apply = move |event: SubmitEvent| {
        if let Some(chosen) = chosen(&event) {
            event.prevent_default();
            navigate(&chosen.address(), Default::default());
        }
    };
    view! {
        <form class="filters" method="get" action="/leads" on:submit=apply>
            <Choice id="filter-status" name="status" label="Status" any="Any status" choices=statuses
                chosen=Signal::derive(move || filter.get().status) />
            {owners.map(|choices| {
                view! {
                    <Choice id="filter-owner" name="owner" label="Owner" any="Anyone" choices
                        chosen=Signal::derive(move || filter.get().owner) />
                }
            })}
            <button class="button" type="submit">
                "Filter"
            </button>
            {move || filter.with(Filter::narrows).then(|| view! { <a href="/leads">"Clear filters"</a> })}
        </form>
    }
    .into_any()
}

/// What the form asks for; without the parameters that say nothing, which the browser itself would send along.
fn chosen(event: &SubmitEvent) -> Option<Filter> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    let text = |name| data.get(name).as_string().unwrap_or_default();
    Some(Filter { status: text("status"), owner: text("owner"), before: String::new() })
}

fn owner_choices(owners: Vec<Owner>) -> Vec<(String, String)> {
    let nobody = ("none".to_owned(), "Nobody (unassigned)".to_owned());
    let named = owners.into_iter().map(|owner| {
        let Owner { id, name, load, cap } = owner;
        (id.to_string(), format!("{name} ({load} of {cap})"))
    });
    std::iter::once(nobody).chain(named).collect()
}

#[component]
fn Choice(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    /// What choosing nothing is called.
    any: &'static str,
    /// Value and name.
    choices: Vec<(String, String)>,
    chosen: Signal<String>,
) -> impl IntoView {
    let options = std::iter::once((String::new(), any.to_owned())).chain(choices).map(|(value, name)| {
        let selected = {
            let value = value.clone();
            move || chosen.with(|chosen| *chosen == value)
        };
        view! {
            <option value=value selected=selected>
                {name}
            </option>
        }
    });
    view! {
        <div class="filter">
            <label for=id>{label}</label>
            // The property follows the address even after the viewer has chosen by hand.
            <select id=id name=name prop:value=move || chosen.get()>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}
