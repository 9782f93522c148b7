use calliyo_domain::import::{Column, IGNORE};
use leptos::prelude::*;

use super::DraftColumn;
use crate::ui::Heads;

/// What each column is taken as.
#[component]
pub fn ColumnTable(columns: Vec<DraftColumn>, problem: Signal<Option<String>>) -> impl IntoView {
    let rows = columns.into_iter().enumerate().map(|(at, column)| view! { <Row at column problem /> });
    view! {
        <h2 id="import-columns-title">"What the columns are"</h2>
        <p class="field-help">"First name and Phone are needed. What is ignored isn't imported."</p>
        <div class="table-scroll">
            <table class="column-choices row-lines" role="table" aria-labelledby="import-columns-title">
                <Heads titles=&["Column of the file", "First row", "Taken as"] />
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(at: usize, column: DraftColumn, problem: Signal<Option<String>>) -> impl IntoView {
    let DraftColumn { name, sample, taken_as } = column;
    let id = format!("column-{at}");
    let options = Column::ALL.map(|column| {
        view! {
            <option value=column.key() selected=taken_as == Some(column)>
                {column.title()}
            </option>
        }
    });
    let name = if name.is_empty() { format!("Column {}", at + 1) } else { name };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <label for=id.clone()>{name}</label>
            </th>
            <td role="cell" data-column="sample">
                {sample}
            </td>
            <td role="cell" data-column="taken">
                <div class="field">
                    <select
                        id=id
                        name="columns[]"
                        aria-describedby=move || problem.with(Option::is_some).then_some("columns-problem")
                    >
                        <option value=IGNORE selected=taken_as.is_none()>
                            "Ignore"
                        </option>
                        {options.collect_view()}
                    </select>
                </div>
            </td>
        </tr>
    }
    .into_any()
}
