use calliyo_domain::import::{Column, IGNORE};
use leptos::{ev::Event, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate, location::Url};
use web_sys::FormData;

use super::{DraftColumn, page::FORM};
use crate::{
    leads::import::draft_path,
    ui::{FieldProblem, Heads},
};

/// What each column is taken as. With a script a choice is looked at as soon as it is made, without one by the button.
#[component]
pub fn ColumnForm(id: i64, columns: Vec<DraftColumn>, problem: Signal<Option<String>>) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let navigate = use_navigate();
    let look = move |_: Event| {
        let Some(form) = form.get_untracked() else { return };
        let Ok(data) = FormData::new_with_form(&form) else { return };
        let chosen = data.get_all("columns[]").into_iter().filter_map(|value| value.as_string());
        let query: Vec<_> =
            chosen.map(|value| format!("{}={}", Url::escape("columns[]"), Url::escape(&value))).collect();
        let address = format!("{}?{}", draft_path(id), query.join("&"));
        navigate(&address, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    };
    let rows = columns.into_iter().enumerate().map(|(at, column)| view! { <Row at column problem /> });
    view! {
        <form class="card import-columns" id=FORM method="get" action=draft_path(id) node_ref=form on:change=look>
            <input type="hidden" name="id" value=id />
            <h2 id="import-columns-title">"What the columns are"</h2>
            <p class="field-help">"First name and Phone are needed. What is ignored isn't imported."</p>
            <div class="table-scroll">
                <table class="column-choices row-lines" role="table" aria-labelledby="import-columns-title">
                    <Heads titles=&["Column of the file", "First row", "Taken as"] />
                    <tbody role="rowgroup">{rows.collect_view()}</tbody>
                </table>
            </div>
            <div role="alert">
                <FieldProblem id="columns" problem />
            </div>
            <button class="button without-scripts" type="submit">
                "Look again"
            </button>
        </form>
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
