use leptos::prelude::*;

use super::{QueuePart, target_bar::percent};
use crate::ui::{Bar, count};

/// How many leads stand at each status of the pipeline, and their share of all.
#[component]
pub fn Pipeline(parts: Vec<QueuePart>) -> impl IntoView {
    let all: i64 = parts.iter().map(|part| part.leads).sum();
    let most = parts.iter().map(|part| part.leads).max().unwrap_or_default();
    view! {
        <section class="card" id="pipeline" aria-labelledby="pipeline-title">
            <div class="card-head">
                <h2 id="pipeline-title">"Pipeline"</h2>
                <p>{format!("Where all {} stand now.", count(all.unsigned_abs(), "lead"))}</p>
            </div>
            <div class="report-part">
                {table(parts, all, most)}
            </div>
        </section>
    }
    .into_any()
}

fn table(parts: Vec<QueuePart>, all: i64, most: i64) -> AnyView {
    view! {
        <div class="table-scroll">
            <table class="numbers report-table pipeline">
                <caption class="visually-hidden">"Leads by status"</caption>
                <thead>
                    <tr>
                        {["Status", "Leads", "Share"].map(|title| view! { <th scope="col">{title}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{parts.into_iter().map(|part| row(part, all, most)).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(part: QueuePart, all: i64, most: i64) -> AnyView {
    let QueuePart { status_id, status, leads } = part;
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/leads?status={status_id}")>{status}</a>
            </th>
            <td>{leads}</td>
            <td class="with-bar">
                {in_words(leads, all)}
                <Bar share=percent(leads, most) />
            </td>
        </tr>
    }
    .into_any()
}

/// "12 %"; a few leads are more than none.
fn in_words(leads: i64, all: i64) -> String {
    match percent(leads, all) {
        0 if leads > 0 => "under 1 %".to_owned(),
        share => format!("{share} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn few_are_more_than_none() {
        assert_eq!(
            [(0, 0), (0, 9), (1, 900), (3, 9)].map(|(n, of)| in_words(n, of)),
            ["0 %", "0 %", "under 1 %", "33 %"]
        );
    }
}
