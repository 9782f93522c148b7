use leptos::prelude::*;

use super::{Step, figures::percent};
use crate::ui::Bar;

/// The steps, each with a bar as long as its share of the first.
#[component]
pub fn FunnelTable(steps: Vec<Step>) -> impl IntoView {
    let rows = steps.into_iter().map(|step| {
        let Step { name, leads, of_first, of_before } = step;
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{leads}</td>
                <td class="with-bar">
                    {percent(of_first)}
                    <Bar share=of_first.unwrap_or_default() />
                </td>
                <td>{percent(of_before)}</td>
            </tr>
        }
        .into_any()
    });
    let titles = ["Step", "Leads", "Of the first step", "Of the step before"];
    view! {
        <div class="table-scroll" role="region" aria-label="How far the leads came" tabindex="0">
            <table class="numbers report-table funnel">
                <caption class="visually-hidden">"How far the leads came"</caption>
                <thead>
                    <tr>{titles.map(|title| view! { <th scope="col">{title}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
