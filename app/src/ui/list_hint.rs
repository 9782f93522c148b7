use leptos::prelude::*;

/// Says above a list that it may be no longer what is so, and reads it again when asked to.
#[component]
pub fn ListHint(outdated: RwSignal<bool>, says: &'static str, #[prop(into)] reread: Callback<()>) -> impl IntoView {
    view! {
        <div class="list-hint" role="status">
            {move || outdated.get().then(|| {
                view! {
                    {says}
                    " "
                    <button class="button" data-kind="link" type="button" on:click=move |_| reread.run(())>
                        "Refresh"
                    </button>
                }
            })}
        </div>
    }
    .into_any()
}
