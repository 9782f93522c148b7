use leptos::prelude::*;

use super::Figures;
use crate::ui::{Bar, Tile, Tiles, grouped, share};

/// The sums, at a glance.
#[component]
pub fn Overview(total: Figures) -> impl IntoView {
    let Figures { attempts, toward, expected, coverage, connected, talk, incoming, conversions, .. } = total;
    let answered = if attempts > 0 { format!("{} % of outgoing", share(connected, attempts)) } else { String::new() };
    let average =
        if connected > 0 { format!("{} a connected call", duration(talk / connected)) } else { String::new() };
    let tiles = [
        ("Call coverage", percent(coverage), format!("{} of {} calls", grouped(toward), grouped(expected))),
        ("Outgoing calls", grouped(attempts), format!("and {} incoming", grouped(incoming))),
        ("Connected", grouped(connected), answered),
        ("Talk time", duration(talk), average),
        ("Conversions", grouped(conversions), "new customers".to_owned()),
    ];
    view! { <Tiles tiles=tiles.map(|(name, value, more)| Tile::new(name, value, more)).into() /> }.into_any()
}

/// A row for each day or person, with the sum below.
#[component]
pub fn FigureTable(caption: &'static str, of: &'static str, rows: Vec<Figures>, total: Figures) -> impl IntoView {
    let titles = [of, "Coverage", "Outgoing", "Baseline", "Connected", "Talk time", "Incoming", "Conversions"];
    view! {
        // What scrolls must be reached by keyboard.
        <div class="table-scroll" role="region" aria-label=caption tabindex="0">
            <table class="numbers report-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{titles.map(|title| view! { <th scope="col">{title}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
                <tfoot>
                    <Row row=total />
                </tfoot>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: Figures) -> impl IntoView {
    let Figures { of, attempts, expected, coverage, connected, talk, incoming, conversions, .. } = row;
    view! {
        <tr>
            <th scope="row">{of}</th>
            <td class="with-bar">
                {percent(coverage)}
                <Bar share=coverage.unwrap_or_default() />
            </td>
            <td>{grouped(attempts)}</td>
            <td>{grouped(expected)}</td>
            <td>{grouped(connected)}</td>
            <td>{duration(talk)}</td>
            <td>{grouped(incoming)}</td>
            <td>{grouped(conversions)}</td>
        </tr>
    }
    .into_any()
}

/// How the calls are spread over some names.
#[component]
pub fn OutcomeTable(caption: &'static str, of: &'static str, rows: Vec<(String, i64)>) -> impl IntoView {
    let sum = rows.iter().map(|(_, calls)| *calls).sum();
    let rows = rows.into_iter().map(|(name, calls)| {
        let of_all = share(calls, sum);
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{grouped(calls)}</td>
                <td class="with-bar">
                    {percent(Some(of_all))}
                    <Bar share=of_all />
                </td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll">
            <table class="numbers report-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{[of, "Calls", "Share"].map(|title| view! { <th scope="col">{title}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

pub fn percent(share: Option<i64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share} %"))
}

/// "2 h 5 min", "12 min", "45 s".
fn duration(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_shares_in_words() {
        let said = [0, 59, 60, 3_599, 3_600, 100_000].map(duration);
        assert_eq!(said, ["0 s", "59 s", "1 min", "59 min", "1 h 0 min", "27 h 46 min"]);
        assert_eq!([Some(112), Some(0), None].map(percent), ["112 %", "0 %", "–"]);
    }
}
