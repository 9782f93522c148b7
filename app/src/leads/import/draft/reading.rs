use leptos::{ev::Event, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use web_sys::FormData;

use super::{DraftChoice, DraftEncoding, DraftPage, WHOLE_TAGS, columns::ColumnTable, page::FORM};
use crate::{
    leads::import::draft_path,
    ui::{FieldProblem, with_query},
};

/// How the file is read, and what each column is taken as. With a script a choice is looked at as soon as it is made,
/// without one by the button.
#[component]
pub fn ReadingForm(id: i64, state: RwSignal<DraftPage>, problem: Signal<Option<String>>) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let navigate = use_navigate();
    let look = move |_: Event| {
        let Some(form) = form.get_untracked() else { return };
        let Ok(data) = FormData::new_with_form(&form) else { return };
        let choice = DraftChoice::of(|name| data.get(name).as_string());
        // Under another line they are other columns.
        let columns = if choice.is_outdated() { Default::default() } else { data.get_all("columns[]") };
        let columns: Vec<_> = columns.into_iter().filter_map(|value| value.as_string()).collect();
        let pairs = columns.iter().map(|value| ("columns[]", value.as_str())).chain(choice.pairs());
        let pairs: Vec<_> = pairs.filter(|(_, value)| !value.is_empty()).collect();
        navigate(
            &with_query(&draft_path(id), &pairs),
            NavigateOptions { replace: true, scroll: false, ..Default::default() },
        );
    };
    // The choices stay as they are while the columns are the same.
    let names = Memo::new(move |_| {
        state.with(|state| {
            let names: Vec<_> = state.columns.iter().map(|column| column.name.clone()).collect();
            (state.header_line, state.encoding.clone(), names)
        })
    });
    let also_fit = Memo::new(move |_| state.with(|state| state.also_fit.clone()));
    let lines = Memo::new(move |_| state.with(|state| (state.first_lines.clone(), state.header_line)));
    let encodings = Memo::new(move |_| state.with(|state| (state.encodings.clone(), state.encoding.clone())));
    let commas_in_tags = state.with_untracked(|state| state.commas_in_tags);
    view! {
        <form class="card import-columns" id=FORM method="get" action=draft_path(id) node_ref=form on:change=look>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="country" value=move || state.with(|state| state.country.clone()) />
            {move || view! { <EncodingChoice encodings=encodings.get() /> }}
            {move || view! { <HeaderChoice lines=lines.get() /> }}
            {move || names.with(|(_, _, names)| !names.is_empty()).then(|| {
                view! { <ColumnTable columns=state.with_untracked(|state| state.columns.clone()) problem /> }
            })}
            {move || {
                let fit = also_fit.get().into_iter();
                fit.map(|said| view! { <p class="field-help">{said}</p> }).collect_view()
            }}
            <div class="field">
                <label for="import-tags">"Tags are separated by"</label>
                <select id="import-tags" name="tags">
                    <option value="">"Commas and semicolons"</option>
                    <option value=WHOLE_TAGS selected=commas_in_tags>
                        "Semicolons: commas belong to them"
                    </option>
                </select>
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

/// What the file is written in, where that can't be told by looking, with words of it as they would be.
#[component]
fn EncodingChoice(encodings: (Vec<DraftEncoding>, String)) -> impl IntoView {
    let (encodings, chosen) = encodings;
    (!encodings.is_empty()).then(|| {
        let options = encodings.into_iter().map(|DraftEncoding { key, title, sample }| {
            let selected = key == chosen;
            view! {
                <option value=key selected=selected>
                    {format!("{title}: {sample}")}
                </option>
            }
        });
        view! {
            <div class="field">
                <label for="import-encoding">"The file is written in"</label>
                <select id="import-encoding" name="encoding" aria-describedby="import-encoding-help">
                    <option value="">"Choose by how its words look"</option>
                    {options.collect_view()}
                </select>
                <p class="field-help" id="import-encoding-help">
                    "It is not UTF-8. Behind each choice stand words of the file as they would be imported."
                </p>
            </div>
        }
        .into_any()
    })
}

/// Which line names the columns, and under which those of the form were chosen.
#[component]
fn HeaderChoice(lines: (Vec<(u64, String)>, u64)) -> impl IntoView {
    let (lines, chosen) = lines;
    (!lines.is_empty()).then(|| {
        let options = lines.into_iter().map(|(line, text)| {
            view! {
                <option value=line selected=line == chosen>
                    {format!("Line {line}: {text}")}
                </option>
            }
        });
        view! {
            <input type="hidden" name="under" value=chosen />
            <div class="field">
                <label for="import-header">"The columns are named by"</label>
                <select id="import-header" name="header">
                    {options.collect_view()}
                </select>
            </div>
        }
        .into_any()
    })
}
