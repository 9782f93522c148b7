use calliyo_domain::status::{is_protected, may_delete};
use leptos::prelude::*;

use super::{
    Edit,
    delete_form::{DeleteForm, Place},
    editor::Editor,
    order::Order,
    queue::Queue,
    rename::Rename,
};
use crate::{
    leads::kind_of,
    sign_in::{Session, Viewer},
    ui::count,
};

/// One status of the list.
#[component]
pub fn Row(editor: Editor, id: i64) -> impl IntoView {
    let session = Session::current();
    let row = editor.row(id);
    let name = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default()));
    let on_queue = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.on_queue)));
    let leads = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.leads)));
    view! {
        <li class="status-row" id=format!("status-{id}")>
            <div class="status-name">
                <span class="pill" data-kind=move || kind_of(id, on_queue.get())>
                    {name}
                </span>
                {is_protected(id).then(|| view! { <span class="status-mark">"Protected"</span> })}
                {(!is_protected(id)).then(|| view! { <Rename editor id name /> })}
            </div>
            {move || counted(session, id, leads)}
            <Queue editor id name on_queue />
            <Order editor id name />
            {may_delete(id).then(|| view! { <Delete editor id name /> })}
        </li>
    }
    .into_any()
}

/// How many leads are on it, and the way to them for those who may see leads.
fn counted(session: Session, id: i64, leads: Memo<Option<u64>>) -> AnyView {
    let text = move || leads.get().map(|leads| count(leads, "lead"));
    let sees_leads = |viewer: Viewer| viewer.permissions.management || viewer.permissions.tasks;
    if session.viewer().is_some_and(sees_leads) {
        view! { <a class="status-leads" href=format!("/leads?status={id}")>{text}</a> }.into_any()
    } else {
        view! { <span class="status-leads">{text}</span> }.into_any()
    }
}

/// Asks in a dialog; without JavaScript it opens the form in place.
#[component]
fn Delete(editor: Editor, id: i64, name: Memo<String>) -> impl IntoView {
    let open = editor.refused.with_untracked(|refused| match refused {
        Some((Edit::Delete { id: refused, .. }, _)) => *refused == id,
        _ => false,
    });
    view! {
        <details class="status-delete" open=open>
            <summary
                class="button"
                data-kind="quiet"
                id=format!("delete-{id}-summary")
                on:click=move |event| {
                    event.prevent_default();
                    editor.refused.set(None);
                    editor.deleting.set(Some(id));
                }
            >
                "Delete"
                <span class="visually-hidden">" " {name}</span>
            </summary>
            <DeleteForm editor id place=Place::Row />
        </details>
    }
    .into_any()
}
