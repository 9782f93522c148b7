use calliyo_domain::order::Column;
use leptos::prelude::*;

use super::{
    Figures,
    order::{FigureColumn, Order, compare},
    question::Question,
};
use crate::ui::{Bar, SortHeads, Tile, Tiles, grouped, share};

/// The sums, at a glance.
#[component]
pub fn Overview(total: Figures) -> impl IntoView {
    let Figures { attempts, toward, expected, coverage, connected, talk, incoming, conversions, .. } = total;
    let answered = if attempts > 0 { format!("{} % of outgoing", share(connected, attempts)) } else { String::new() };
    let average = if connected > 0 {
        format!("{} a connected call", duration((talk + connected / 2) / connected))
    } else {
        String::new()
    };
    let tiles = [
        ("Call coverage", percent(coverage), format!("{} of {} calls", grouped(toward), grouped(expected))),
        ("Outgoing calls", grouped(attempts), format!("and {} incoming", grouped(incoming))),
        ("Connected", grouped(connected), answered),
        ("Talk time", duration(talk), average),
        ("Conversions", grouped(conversions), "new customers".to_owned()),
    ];
    view! { <Tiles tiles=tiles.map(|(name, value, more)| Tile::new(name, value, more)).into() /> }.into_any()
}

/// A row for each day.
#[component]
pub fn DayTable(days: Vec<Figures>, total: Figures) -> impl IntoView {
    let titles = FigureColumn::ALL.iter().map(|column| match column {
        FigureColumn::Agent => "Day",
        column => column.title(),
    });
    let heads = titles.map(|title| view! { <th scope="col">{title}</th> }).collect_view();
    let head = view! { <thead><tr>{heads}</tr></thead> }.into_any();
    let rows = days.into_iter().map(|row| view! { <Row row /> }).collect_view().into_any();
    view! { <FigureTable caption="Calls by day" head rows total /> }
}

/// A row for each person, sorted as the address says.
#[component]
pub fn PeopleTable(people: Vec<Figures>, total: Figures, question: Question, order: Memo<Order>) -> impl IntoView {
    let question = StoredValue::new(question);
    let address = move |order| question.with_value(|question| question.address(order));
    let head = view! { <SortHeads order address /> }.into_any();
    let rows = move || {
        let mut people = people.clone();
        order.get().sort(&mut people, compare);
        people.into_iter().map(|row| view! { <Row row /> }).collect_view()
    };
    view! { <FigureTable caption="Calls by agent" head rows=rows.into_any() total /> }
}

/// The sum stands below.
#[component]
fn FigureTable(caption: &'static str, head: AnyView, rows: AnyView, total: Figures) -> impl IntoView {
    view! {
        // What scrolls must be reached by keyboard.
        <div class="table-scroll" role="region" aria-label=caption tabindex="0">
            <table class="numbers report-table">
                <caption class="visually-hidden">{caption}</caption>
                {head}
                <tbody>{rows}</tbody>
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

/// "2 h 5 min", "12 min", "45 s": from a minute on, to the nearest one.
fn duration(seconds: i64) -> String {
    let minutes = (seconds + 30) / 60;
    match seconds {
        ..60 => format!("{seconds} s"),
        _ if minutes < 60 => format!("{minutes} min"),
        _ => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_shares_in_words() {
        let said = [0, 59, 60, 89, 90, 175, 3_569, 3_570, 3_600, 100_000].map(duration);
        let expected =
            ["0 s", "59 s", "1 min", "1 min", "2 min", "3 min", "59 min", "1 h 0 min", "1 h 0 min", "27 h 47 min"];
        assert_eq!(said, expected);
        assert_eq!([Some(112), Some(0), None].map(percent), ["112 %", "0 %", "–"]);
    }
}
