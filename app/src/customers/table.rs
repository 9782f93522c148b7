use leptos::prelude::*;

use super::CustomerRow;
use crate::ui::{Heads, MomentView, Person, Tags};

/// The customers of one page; on phones the style makes each row a card. The roles are spelled out since browsers
/// drop them from tables whose `display` is changed.
#[component]
pub fn CustomerTable(rows: Vec<CustomerRow>) -> impl IntoView {
    view! {
        <div class="table-scroll">
            <table class="row-cards leads customers" role="table">
                <caption class="visually-hidden">"Customers, newest first"</caption>
                <Heads titles=&["Name", "Phone", "Converted", "Converted by", "Owner", "Tags"] />
                <tbody role="rowgroup">{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: CustomerRow) -> impl IntoView {
    let CustomerRow { id, name, phone, email, converter, converted, owner, tags } = row;
    let call = format!("tel:{phone}");
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" data-column="name">
                <a href=format!("/customers/{id}")>{name}</a>
                {(!email.is_empty()).then(|| view! { <span class="email">{email}</span> })}
            </th>
            <td role="cell" data-column="phone">
                <a href=call>{phone}</a>
            </td>
            <td role="cell" data-column="since">
                <MomentView moment=converted />
            </td>
            <td role="cell" data-column="converter">
                <Person name=converter nobody="Nobody" />
            </td>
            <td role="cell" data-column="owner">
                <Person name=owner nobody="Nobody" />
            </td>
            <td role="cell" data-column="tags">
                <Tags tags />
            </td>
        </tr>
    }
}
