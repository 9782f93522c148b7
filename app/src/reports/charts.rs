//! Bars as inline SVG. They stretch to the room there is, so that all text stands beside them, in HTML; the figures
//! are in a table, which is what screen readers read.

use leptos::prelude::*;

use crate::ui::grouped;

/// How high a chart is in its own units.
const HEIGHT: i64 = 1_000;

/// One column each, and a line where the baseline is.
#[component]
pub fn Columns(
    /// Name and value.
    columns: Vec<(String, i64)>,
    /// Each column's own; empty where there is none.
    #[prop(default = Vec::new())]
    baseline: Vec<i64>,
    /// What a column stands for: "a day".
    noun: &'static str,
) -> impl IntoView {
    let most = columns.iter().map(|(_, value)| *value).max().unwrap_or_default();
    let highest = baseline.iter().copied().max().unwrap_or_default();
    let lowest = baseline.iter().copied().min().unwrap_or_default();
    let top = most.max(highest).max(1);
    let ends = [columns.first(), columns.last()].map(|end| end.map(|(name, _)| name.clone()).unwrap_or_default());
    let middle = columns.get(columns.len() / 2).filter(|_| columns.len() > 4).map(|(name, _)| name.clone());
    let [first, last] = ends;
    let is_one = columns.len() < 2;
    let width = columns.len().max(1) * 10;
    let key = (highest > 0).then(|| {
        let baseline =
            if lowest == highest { grouped(highest) } else { format!("{} to {}", grouped(lowest), grouped(highest)) };
        view! { <span class="chart-key">{format!("Baseline: {baseline}")}</span> }
    });
    let lines = level(&baseline).into_iter().filter(|(.., value)| *value > 0).map(|(from, to, value)| {
        let y = HEIGHT - value * HEIGHT / top;
        view! { <line x1=from * 10 x2=to * 10 y1=y y2=y></line> }
    });
    let bars = columns.into_iter().enumerate().map(|(n, (name, value))| {
        let height = value * HEIGHT / top;
        view! {
            <rect x=n * 10 + 1 y=HEIGHT - height width=8 height=height>
                <title>{format!("{name}: {}", grouped(value))}</title>
            </rect>
        }
    });
    view! {
        <figure class="chart" aria-hidden="true">
            <figcaption class="chart-scale">
                <span>{format!("Most calls {noun}: {}", grouped(most))}</span>
                {key}
            </figcaption>
            <svg viewBox=format!("0 0 {width} {HEIGHT}") preserveAspectRatio="none">
                {bars.collect_view()}
                {lines.collect_view()}
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

/// The baseline's level parts: from which column to before which, and how high.
fn level(baseline: &[i64]) -> Vec<(usize, usize, i64)> {
    let mut begins = 0;
    baseline
        .chunk_by(|one, next| one == next)
        .map(|part| {
            let (from, to) = (begins, begins + part.len());
            begins = to;
            (from, to, part[0])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn the_baseline_is_drawn_in_level_parts() {
        assert_eq!(level(&[100, 100, 25]), [(0, 2, 100), (2, 3, 25)]);
        assert!(level(&[]).is_empty());
    }
}
