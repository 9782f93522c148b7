use leptos::{html, prelude::*};

use super::typing;

/// Says what was done; it takes the focus, since what was pressed may be gone, but from nobody who types meanwhile.
#[component]
pub fn DoneNote(
    /// Its own, where there are several on the page.
    #[prop(default = "done")]
    id: &'static str,
    #[prop(into)] text: Signal<Option<String>>,
    /// Another kind, where less was done than was asked for.
    #[prop(default = Signal::stored("done"), into)]
    kind: Signal<&'static str>,
) -> impl IntoView {
    let note = NodeRef::<html::P>::new();
    Effect::new(move |_| {
        if text.with(Option::is_some) {
            // By then the text is there.
            request_animation_frame(move || {
                if let Some(note) = note.get_untracked().filter(|_| !typing()) {
                    // Refused only where the element is gone, and then another has the focus.
                    let _ = note.focus();
                }
            });
        }
    });
    view! {
        <p
            class="note"
            data-kind=kind
            id=id
            role="status"
            tabindex="-1"
            node_ref=note
            hidden=move || text.with(Option::is_none)
        >
            {text}
        </p>
    }
}
