use leptos::{html, prelude::*};

/// Says above a list that it may be no longer what is so, and reads it again when asked to.
#[component]
pub fn ListHint(outdated: RwSignal<bool>, says: &'static str, #[prop(into)] reread: Callback<()>) -> impl IntoView {
    let hint = NodeRef::<html::Div>::new();
    let refresh = move |_| {
        // The button goes; whoever pressed it is to stay where it was.
        if let Some(hint) = hint.get_untracked() {
            let _ = hint.focus();
        }
        reread.run(());
    };
    view! {
        <div class="list-hint" role="status" tabindex="-1" node_ref=hint>
            {move || outdated.get().then(|| {
                view! {
                    {says}
                    " "
                    <button class="button" data-kind="link" type="button" on:click=refresh>
                        "Refresh"
                    </button>
                }
            })}
        </div>
    }
    .into_any()
}
