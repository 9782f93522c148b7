use leptos::prelude::*;

use super::{UserRow, place::Place};
use crate::ui::SortHeads;

/// The users of one page; on phones the style makes each row a card. The roles are spelled out since browsers drop
/// them from tables whose `display` is changed.
#[component]
pub fn UserTable(rows: Memo<Vec<UserRow>>, place: Memo<Place>) -> impl IntoView {
    let order = Memo::new(move |_| place.with(|place| place.order));
    view! {
        <div class="table-scroll">
            <table class="row-cards people" role="table">
                <caption class="visually-hidden">"Users"</caption>
                <SortHeads order address=move |order| place.with(|place| place.sorted(order).address()) />
                <tbody role="rowgroup">
                    {move || rows.get().into_iter().map(|row| view! { <Row row /> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: UserRow) -> impl IntoView {
    let (queue, receiving) = (queue(&row), receiving(&row));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" data-column="name">
                <a href=format!("/users/{}", row.id)>{row.name}</a>
                {row.banned.then(|| view! { <span class="pill" data-kind="banned">"Banned"</span> })}
                <span class="email">{row.email}</span>
            </th>
            <td role="cell" data-column="role">
                {row.role}
            </td>
            <td role="cell" data-column="queue">
                {queue}
            </td>
            <td role="cell" data-column="receiving">
                {receiving}
            </td>
        </tr>
    }
}

/// "37 / 150"; who works no queue any more may still have leads on it.
fn queue(row: &UserRow) -> String {
    match (row.works_queue, row.load) {
        (true, load) => format!("{load} / {}", row.lead_cap),
        (false, 0) => "–".to_owned(),
        (false, load) => format!("{load}, no queue"),
    }
}

fn receiving(row: &UserRow) -> &'static str {
    match (row.works_queue, row.banned, row.receiving) {
        (false, _, _) => "–",
        (true, true, _) => "No (banned)",
        (true, false, true) => "Yes",
        (true, false, false) => "No (on leave)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_is_for_those_who_work_one() {
        let row = |works_queue, load, banned, receiving| {
            let row = UserRow {
                id: 1,
                name: String::new(),
                email: String::new(),
                role: String::new(),
                works_queue,
                load,
                lead_cap: 150,
                receiving,
                banned,
            };
            format!("{}; {}", queue(&row), super::receiving(&row))
        };
        assert_eq!(row(true, 37, false, true), "37 / 150; Yes");
        assert_eq!(row(true, 0, false, false), "0 / 150; No (on leave)");
        assert_eq!(row(true, 5, true, true), "5 / 150; No (banned)");
        assert_eq!(row(false, 0, false, true), "–; –");
        assert_eq!(row(false, 5, false, true), "5, no queue; –");
    }
}
