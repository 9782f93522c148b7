use calliyo_domain::{
    lead_order::LeadOrder,
    status::{self, Status},
};
use leptos::prelude::*;

use super::{
    LeadRow,
    bulk::{ChooseAll, ChooseLead, Chosen, Ticked},
};
use crate::ui::{Heads, MomentView, Person, Tags};

/// The leads of one page; on phones the style makes each row a card. The roles are spelled out since browsers drop
/// them from tables whose `display` is changed.
#[component]
pub fn LeadTable(
    rows: Vec<LeadRow>,
    statuses: Vec<Status>,
    order: LeadOrder,
    /// Which are ticked, for those who may change many at once.
    chosen: Option<Chosen>,
) -> impl IntoView {
    let leads: Vec<Ticked> = rows.iter().map(|row| Ticked::at(row.id, row.version)).collect();
    if let Some(chosen) = chosen {
        chosen.keep_only(&leads);
    }
    let rows = rows.into_iter().map(|row| {
        let on_queue = statuses.iter().any(|status| status.id == row.status_id && status.on_queue);
        let kind = kind_of(row.status_id, on_queue);
        view! { <Row row kind chosen /> }
    });
    view! {
        <div class="table-scroll">
            <table class="row-cards leads" role="table">
                <caption class="visually-hidden">{format!("Leads, {}", order.title().to_lowercase())}</caption>
                <Heads titles=&["Name", "Phone", "Status", "Since", "Owner", "Tags"]>
                    {chosen.map(|chosen| view! { <td role="cell" data-column="choose"><ChooseAll leads chosen /></td> })}
                </Heads>
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: LeadRow, kind: &'static str, chosen: Option<Chosen>) -> impl IntoView {
    view! {
        <tr role="row">
            {chosen.map(|chosen| {
                view! {
                    <td role="cell" data-column="choose">
                        <ChooseLead lead=Ticked::at(row.id, row.version) name=row.name.clone() chosen />
                    </td>
                }
            })}
            <th scope="row" role="rowheader" data-column="name">
                <a href=format!("/leads/{}", row.id)>{row.name}</a>
                {(!row.email.is_empty()).then(|| view! { <span class="email">{row.email.clone()}</span> })}
            </th>
            <td role="cell" data-column="phone">
                <a href=format!("tel:{}", row.phone)>{row.phone.clone()}</a>
            </td>
            <td role="cell" data-column="status">
                <span class="pill" data-kind=kind>
                    {row.status}
                </span>
            </td>
            <td role="cell" data-column="since">
                <MomentView moment=row.since />
            </td>
            <td role="cell" data-column="owner">
                <Person name=row.owner nobody="Nobody" />
            </td>
            <td role="cell" data-column="tags">
                <Tags tags=row.tags />
            </td>
        </tr>
    }
}

/// What the pill's dot tells.
pub fn kind_of(id: i64, on_queue: bool) -> &'static str {
    match id {
        status::CUSTOMER => "customer",
        status::UNASSIGNED => "unassigned",
        _ if on_queue => "queue",
        _ => "off",
    }
}
