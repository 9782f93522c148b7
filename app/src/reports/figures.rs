use leptos::prelude::*;

use super::Figures;
use crate::ui::{Bar, Tile, Tiles};

/// The sums, at a glance.
#[component]
pub fn Overview(total: Figures) -> impl IntoView {
    let Figures { attempts, toward, expected, coverage, connected, talk, incoming, conversions, .. } = total;
    let share =
        if attempts > 0 { format!("{} % of the outgoing calls", connected * 100 / attempts) } else { String::new() };
    let average =
        if connected > 0 { format!("{} a connected call", duration(talk / connected)) } else { String::new() };
    let tiles = [
        ("Call coverage", percent(coverage), format!("{toward} of {expected} calls")),
        ("Outgoing calls", attempts.to_string(), format!("and {incoming} incoming")),
        ("Connected", connected.to_string(), share),
        ("Talk time", duration(talk), average),
        ("Conversions", conversions.to_string(), "leads that became customers".to_owned()),
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
            <td>{attempts}</td>
            <td>{expected}</td>
            <td>{connected}</td>
            <td>{duration(talk)}</td>
            <td>{incoming}</td>
            <td>{conversions}</td>
        </tr>
    }
    .into_any()
}

/// How the calls are spread over some names.
#[component]
pub fn OutcomeTable(caption: &'static str, of: &'static str, rows: Vec<(String, i64)>) -> impl IntoView {
    let most = rows.iter().map(|(_, calls)| *calls).max().unwrap_or_default().max(1);
    let sum = rows.iter().map(|(_, calls)| *calls).sum::<i64>().max(1);
    let rows = rows.into_iter().map(|(name, calls)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{calls}</td>
                <td class="with-bar">
                    {percent(Some(calls * 100 / sum))}
                    <Bar share=calls * 100 / most />
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
