use leptos::{either::Either, prelude::*};

use super::{
    MovedRow, Place, RunDetail,
    address::{Asked, moved_address, run_address},
};
use crate::ui::Heads;

/// The leads that a run moved, each from where and to where.
#[component]
pub fn MovedLeads(asked: Memo<Asked>, state: RwSignal<RunDetail>) -> impl IntoView {
    let run = state.with_untracked(|state| state.run.id);
    let rows = Memo::new(move |_| state.with(|state| state.moved.rows.clone()));
    let next = Memo::new(move |_| state.with(|state| state.moved.next));
    let later = Memo::new(move |_| asked.with(|asked| !asked.after.is_empty()));
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let table = move || {
        if none.get() { Either::Left(none_here(later.get())) } else { Either::Right(view! { <Table rows /> }) }
    };
    view! {
        <section class="run-part" aria-labelledby="moved-leads">
            <h3 id="moved-leads">"Leads moved"</h3>
            {table}
            <nav class="pages" aria-label="Pages">
                {move || later.get().then(|| {
                    view! {
                        <a class="button" href=run_address(run)>
                            "First page"
                        </a>
                    }
                })}
                {move || next.get().map(|next| {
                    view! {
                        <a class="button" href=moved_address(run, next)>
                            "Next page"
                        </a>
                    }
                })}
            </nav>
        </section>
    }
    .into_any()
}

fn none_here(later: bool) -> impl IntoView {
    let text = if later { "The list ended on the page before." } else { "This run moved no leads." };
    view! { <p class="field-help">{text}</p> }
}

#[component]
fn Table(rows: Memo<Vec<MovedRow>>) -> impl IntoView {
    view! {
        <div class="table-scroll">
            <table class="row-cards moved" role="table">
                <caption class="visually-hidden">"Leads, in the order they were moved"</caption>
                <Heads titles=&["Lead", "From", "To"] />
                <tbody role="rowgroup">
                    // An event never changes, but the names in it may.
                    <For each=move || rows.get() key=MovedRow::clone children=|row| view! { <Row row /> } />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: MovedRow) -> impl IntoView {
    let name = match row.lead {
        Some(lead) => view! { <a href=format!("/leads/{lead}")>{row.name}</a> }.into_any(),
        None => view! { <span class="nobody">{row.name}</span> }.into_any(),
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                {name}
            </th>
            <td role="cell" data-column="from">
                <PlaceView place=row.from />
            </td>
            <td role="cell" data-column="to">
                <PlaceView place=row.to />
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn PlaceView(place: Place) -> impl IntoView {
    let status = place.status.unwrap_or_else(|| "A status deleted since".to_owned());
    let nobody = place.owner.is_none();
    let owner = place.owner.unwrap_or_else(|| "Nobody".to_owned());
    view! {
        <span>{status}</span>
        ", "
        <span class=nobody.then_some("nobody")>{owner}</span>
    }
    .into_any()
}
