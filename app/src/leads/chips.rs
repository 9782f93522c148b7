use leptos::prelude::*;

use super::{Choices, Filter, LEADS};
use crate::ui::count;

/// What the list is filtered by; each can be dropped.
#[component]
pub fn Chips(filter: Memo<Filter>, choices: Memo<Choices>) -> impl IntoView {
    move || {
        let filter = filter.get();
        filter.narrows().then(|| {
            let chips = choices.with(|choices| said(&filter, choices)).into_iter().map(|(text, without)| {
                view! {
                    <li>
                        <a class="chip" href=without.address()>
                            <span class="visually-hidden">"Drop "</span>
                            {text}
                        </a>
                    </li>
                }
            });
            view! {
                <ul class="chips" aria-label="Filters">
                    {chips.collect_view()}
                    <li>
                        <a href=LEADS>"Clear filters"</a>
                    </li>
                </ul>
            }
        })
    }
}

/// What each part of the filter says, and the filter without it.
fn said(filter: &Filter, choices: &Choices) -> Vec<(String, Filter)> {
    let mut said = Vec::new();
    if !filter.q.is_empty() {
        said.push((format!("“{}”", filter.q), Filter { q: String::new(), ..filter.clone() }));
    }
    for id in &filter.status {
        let status = without(&filter.status, id);
        said.push((format!("Status: {}", status_name(id, choices)), Filter { status, ..filter.clone() }));
    }
    for id in &filter.owner {
        let owner = without(&filter.owner, id);
        said.push((format!("Owner: {}", owner_name(id, choices)), Filter { owner, ..filter.clone() }));
    }
    for tag in &filter.tag {
        said.push((format!("Tag: {tag}"), Filter { tag: without(&filter.tag, tag), ..filter.clone() }));
    }
    if !filter.source.is_empty() {
        said.push((format!("Source: {}", filter.source), Filter { source: String::new(), ..filter.clone() }));
    }
    if !filter.import.is_empty() {
        let file = choices.import.as_ref().map_or_else(|| format!("no. {}", filter.import), Clone::clone);
        said.push((format!("Import: {file}"), Filter { import: String::new(), ..filter.clone() }));
    }
    if !filter.days.is_empty() {
        let text = match filter.days.parse() {
            Ok(days) => format!("{} or more on the status", count(days, "day")),
            Err(_) => format!("Days on status: {}", filter.days),
        };
        said.push((text, Filter { days: String::new(), ..filter.clone() }));
    }
    said
}

fn without(values: &[String], value: &str) -> Vec<String> {
    values.iter().filter(|other| *other != value).cloned().collect()
}

/// A status by its name; one that is gone by what the address calls it.
pub fn status_name(id: &str, choices: &Choices) -> String {
    let status = choices.statuses.iter().find(|status| status.id.to_string() == id);
    status.map_or_else(|| format!("no. {id}"), |status| status.name.clone())
}

/// An owner by their name; one that is gone by what the address calls them.
pub fn owner_name(id: &str, choices: &Choices) -> String {
    if id == "none" {
        return "nobody".to_owned();
    }
    let owner = choices.owners.iter().find(|owner| owner.id.to_string() == id);
    owner.map_or_else(|| format!("no. {id}"), |owner| owner.name.clone())
}
