use leptos::{html, prelude::*};

use super::{
    delete_form::{DeleteForm, Place},
    editor::Editor,
};

/// Asks before a status is deleted. Escape and Cancel leave everything as it is; the browser gives the focus back to
/// the button that opened the dialog.
#[component]
pub fn DeleteDialog(editor: Editor) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    // Gone when somebody else has deleted it meanwhile.
    let asked = Memo::new(move |_| {
        let id = editor.deleting.get()?;
        editor.pipeline.with(|pipeline| pipeline.row(id).map(|row| row.id))
    });
    Effect::new(move |_| {
        let is_asked = asked.get().is_some();
        // Once its content is there, so that the focus finds it.
        request_animation_frame(move || {
            let Some(dialog) = dialog.try_get_untracked().flatten() else { return };
            if !is_asked {
                dialog.close();
            } else if !dialog.open()
                && let Err(error) = dialog.show_modal()
            {
                leptos::logging::error!("the dialog can't be opened: {error:?}");
            }
        });
    });
    let content = move || {
        asked.get().map(|id| {
            let row = editor.row(id);
            view! {
                <h2 id="delete-title">
                    {move || row.with(|row| row.as_ref().map(|row| format!("Delete {}?", row.name)))}
                </h2>
                <DeleteForm editor id place=Place::Dialog />
            }
        })
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="delete-title"
            on:close=move |_| {
                editor.deleting.set(None);
                editor.refused.set(None);
            }
        >
            {content}
        </dialog>
    }
    .into_any()
}
