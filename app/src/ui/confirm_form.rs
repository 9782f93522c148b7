use leptos::{ev::SubmitEvent, html, prelude::*};

use super::{from_here, parameter};

/// A button that asks before it posts. Without JavaScript the page is asked for again with the question open; with it
/// the question is a dialog, from which the browser gives the focus back to the button.
#[component]
pub fn ConfirmForm(
    /// Its name in the page and in addresses.
    id: &'static str,
    /// The page's address.
    #[prop(into)]
    page: String,
    /// What the button says; it opens the question.
    #[prop(into)]
    opener: String,
    #[prop(into)] question: String,
    /// Where it posts to.
    action: &'static str,
    /// What the button says that posts.
    confirm: &'static str,
    /// What there is to know, and the form's fields.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let asked = parameter("ask").as_deref() == Some(id);
    let open = move || {
        if let Some(dialog) = dialog.get_untracked()
            && let Err(error) = dialog.show_modal()
        {
            leptos::logging::error!("the dialog can't be opened: {error:?}");
        }
    };
    Effect::new(move |_| {
        if asked && let Some(dialog) = dialog.get_untracked() {
            // It is open as part of the page: as a dialog it holds the focus.
            dialog.close();
            open();
        }
    });
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        open();
    };
    let (title, text) = (format!("{id}-question"), format!("{id}-text"));
    view! {
        <form method="get" action=page on:submit=ask>
            <button class="button" data-kind="danger" type="submit" name="ask" value=id>
                {opener}
            </button>
        </form>
        <dialog
            class="dialog"
            open=asked
            node_ref=dialog
            aria-labelledby=title.clone()
            aria-describedby=text.clone()
        >
            <h2 id=title.clone()>{question}</h2>
            <form class="stack" method="post" action=from_here(action)>
                <div class="stack" id=text.clone()>
                    {children()}
                </div>
                <div class="dialog-buttons">
                    // Closes the dialog, whether or not there is JavaScript.
                    <button class="button" type="submit" formmethod="dialog">
                        "Cancel"
                    </button>
                    <button class="button" data-kind="danger" type="submit">
                        {confirm}
                    </button>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}
