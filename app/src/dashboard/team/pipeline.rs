use leptos::prelude::*;

use crate::{
    dashboard::QueuePart,
    ui::{Bar, count, grouped, kept, share},
};

/// How many leads stand at each status of the pipeline, and their share of all.
#[component]
pub fn Pipeline(parts: Memo<Vec<QueuePart>>) -> impl IntoView {
    let all = Memo::new(move |_| parts.with(|parts| parts.iter().map(|part| part.leads).sum::<i64>()));
    let ids = move || parts.with(|parts| parts.iter().map(|part| part.status_id).collect::<Vec<_>>());
    view! {
        <section class="card" id="pipeline" aria-labelledby="pipeline-title">
            <div class="card-head">
                <h2 id="pipeline-title">"Pipeline"</h2>
                <p>{move || format!("{} by status.", count(all.get().unsigned_abs(), "lead"))}</p>
            </div>
            <ul class="pipeline">
                <For each=ids key=|id| *id children=move |id| view! { <Part parts all id /> } />
            </ul>
        </section>
    }
    .into_any()
}

/// Stays in place while its figures change.
#[component]
fn Part(parts: Memo<Vec<QueuePart>>, all: Memo<i64>, id: i64) -> impl IntoView {
    let part = kept(move || parts.with(|parts| parts.iter().find(|part| part.status_id == id).cloned()));
    let status =
        Memo::new(move |_| part.with(|part| part.as_ref().map(|part| part.status.clone()).unwrap_or_default()));
    let leads = Memo::new(move |_| part.with(|part| part.as_ref().map_or(0, |part| part.leads)));
    view! {
        <li>
            <a href=format!("/leads?status={id}")>{status}</a>
            <span class="part-leads">{move || grouped(leads.get())}</span>
            <span class="part-share">{move || in_words(leads.get(), all.get())}</span>
            {move || view! { <Bar share=share(leads.get(), all.get()) /> }}
        </li>
    }
    .into_any()
}

/// "12 %"; a few leads are more than none.
fn in_words(leads: i64, all: i64) -> String {
    match share(leads, all) {
        0 if leads > 0 => "under 1 %".to_owned(),
        of_all => format!("{of_all} %"),
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
