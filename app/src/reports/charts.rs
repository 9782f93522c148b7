//! Bars as inline SVG. They stretch to the room there is, so that all text stands beside them, in HTML; the figures
//! are in a table, which is what screen readers read.

use leptos::prelude::*;

/// How high a chart is in its own units.
const HEIGHT: i64 = 1_000;

/// One column each, and a line where the baseline is if it is over 0.
#[component]
pub fn Columns(
    /// Name and value.
    columns: Vec<(String, i64)>,
    baseline: i64,
    /// What a column stands for: "a day".
    noun: &'static str,
) -> impl IntoView {
    let most = columns.iter().map(|(_, value)| *value).max().unwrap_or_default();
    let top = most.max(baseline).max(1);
    let ends = [columns.first(), columns.last()].map(|end| end.map(|(name, _)| name.clone()).unwrap_or_default());
    let middle = columns.get(columns.len() / 2).filter(|_| columns.len() > 4).map(|(name, _)| name.clone());
    let [first, last] = ends;
    let is_one = columns.len() < 2;
    let width = columns.len().max(1) * 10;
    let line = HEIGHT - baseline * HEIGHT / top;
    let bars = columns.into_iter().enumerate().map(|(n, (name, value))| {
        let height = value * HEIGHT / top;
        view! {
            <rect x=n * 10 + 1 y=HEIGHT - height width=8 height=height>
                <title>{format!("{name}: {value}")}</title>
            </rect>
        }
    });
    view! {
        <figure class="chart" aria-hidden="true">
            <figcaption class="chart-scale">
                <span>{format!("Most calls {noun}: {most}")}</span>
                {(baseline > 0).then(|| view! { <span class="chart-key">{format!("Baseline: {baseline}")}</span> })}
            </figcaption>
            <svg viewBox=format!("0 0 {width} {HEIGHT}") preserveAspectRatio="none">
                {bars.collect_view()}
                {(baseline > 0).then(|| view! { <line x1=0 x2=width y1=line y2=line></line> })}
            </svg>
            <div class="chart-axis">
                <span>{first}</span>
                {middle.map(|middle| view! { <span>{middle}</span> })}
                {(!is_one).then(|| view! { <span>{last}</span> })}
            </div>
        </figure>
    }
    .into_any()
}
