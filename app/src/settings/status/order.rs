use leptos::{ev::MouseEvent, prelude::*, server_fn::ServerFn};

use super::{Edit, MoveStatus, editor::Editor};
use crate::ui::{Icon, Symbol, from_here};

/// Move up and Move down.
#[component]
pub fn Order(editor: Editor, id: i64, name: Memo<String>) -> impl IntoView {
    let is_end = move |up: bool| {
        editor.pipeline.with(|pipeline| {
            let end = if up { pipeline.statuses.first() } else { pipeline.statuses.last() };
            end.is_some_and(|row| row.id == id)
        })
    };
    let button = move |up: bool| {
        let (direction, symbol) = if up { ("up", Symbol::Up) } else { ("down", Symbol::Down) };
        let shift = move |event: MouseEvent| {
            event.prevent_default();
            if !untrack(|| is_end(up)) {
                editor.send(Edit::Move { id, up });
            }
        };
        view! {
            <button
                class="button"
                data-kind="quiet"
                id=format!("status-{id}-{direction}")
                type="submit"
                name="up"
                value=up.to_string()
                aria-label=move || format!("Move {} {direction}", name.get())
                // Not disabled, which would lose the focus when the status arrives at the end.
                aria-disabled=move || is_end(up).then_some("true")
                on:click=shift
            >
                <Icon symbol />
            </button>
        }
    };
    view! {
        <form class="status-order" method="post" action=from_here(MoveStatus::url())>
            <input type="hidden" name="id" value=id />
            {button(true)}
            {button(false)}
        </form>
    }
    .into_any()
}
