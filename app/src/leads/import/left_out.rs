use calliyo_domain::import::BadRow;
use leptos::prelude::*;

use super::{DuplicateRow, run_path};
use crate::{
    leads::kind_of,
    ui::{Heads, count},
};

/// The rows that could not be taken in.
#[component]
pub fn BadRows(run: i64, rows: Vec<BadRow>, total: u64) -> impl IntoView {
    let hint = hint(rows.len(), total);
    view! {
        <section class="import-bad" aria-labelledby="import-bad">
            <h2 id="import-bad">"Rows not taken in"</h2>
            <p>
                {format!("{} of the file could not be taken in.{hint} ", count(total, "row"))} <Download run />
                ", correct them there and import that file."
            </p>
            <Reasons rows />
        </section>
    }
    .into_any()
}

/// The rows that were taken in without their email.
#[component]
pub fn Remarks(run: i64, rows: Vec<BadRow>, total: u64) -> impl IntoView {
    let hint = hint(rows.len(), total);
    view! {
        <section class="import-bad" aria-labelledby="import-remarks">
            <h2 id="import-remarks">"Imported without email"</h2>
            <p>
                {format!("{} of the file came in without its email, which is none.{hint} ", count(total, "row"))}
                <Download run /> "."
            </p>
            <Reasons rows />
        </section>
    }
    .into_any()
}

/// Lines, and what is said of them.
#[component]
fn Reasons(rows: Vec<BadRow>) -> impl IntoView {
    let lines = rows.into_iter().map(|BadRow { line, reason, .. }| {
        view! {
            <tr>
                <th scope="row">{line}</th>
                <td>{reason}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Line"</th>
                        <th scope="col">"Reason"</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The rows whose phone a lead has, with those leads. On phones the style makes each row a card; the roles are spelled
/// out since browsers then drop them.
#[component]
pub fn Duplicates(run: i64, rows: Vec<DuplicateRow>, total: u64) -> impl IntoView {
    let hint = hint(rows.len(), total);
    let rows = rows.into_iter().map(|row| view! { <Duplicate row /> });
    view! {
        <section class="import-bad" aria-labelledby="import-duplicates">
            <h2 id="import-duplicates">"Duplicates"</h2>
            <p>
                {format!("{} of the file skipped: a lead has the phone already.{hint} ", count(total, "row"))}
                <Download run /> "."
            </p>
            <div class="table-scroll">
                <table class="row-cards duplicates" role="table" aria-labelledby="import-duplicates">
                    <Heads titles=&["Line", "Name", "Phone", "Lead", "Status", "Owner"] />
                    <tbody role="rowgroup">{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Duplicate(row: DuplicateRow) -> impl IntoView {
    let DuplicateRow { line, name, phone, lead, lead_name, status_id, status, on_queue, owner } = row;
    let lead = match lead {
        Some(lead) => view! { <a href=format!("/leads/{lead}")>{lead_name}</a> }.into_any(),
        None => lead_name.into_any(),
    };
    let owner = owner.map_or_else(|| view! { <span class="nobody">"Nobody"</span> }.into_any(), IntoAny::into_any);
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" data-column="line">
                {line}
            </th>
            <td role="cell" data-column="name">
                {name}
            </td>
            <td role="cell" data-column="phone">
                {phone}
            </td>
            <td role="cell" data-column="lead">
                {lead}
            </td>
            <td role="cell" data-column="status">
                <span class="pill" data-kind=kind_of(status_id, on_queue)>
                    {status}
                </span>
            </td>
            <td role="cell" data-column="owner">
                {owner}
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Download(run: i64) -> impl IntoView {
    view! {
        <a href=format!("{}/bad-rows.csv", run_path(run)) download="">
            "Download all that was not taken in"
        </a>
    }
}

fn hint(shown: usize, total: u64) -> String {
    if (shown as u64) < total { format!(" The first {shown} are listed here.") } else { String::new() }
}
