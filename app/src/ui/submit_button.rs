use leptos::prelude::*;

/// The button that sends a form.
#[component]
pub fn SubmitButton(
    label: &'static str,
    /// What it says while the form is under way.
    busy: &'static str,
    #[prop(into)] pending: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            class="button"
            data-kind="primary"
            type="submit"
            aria-disabled=move || pending.get().then_some("true")
        >
            {move || if pending.get() { busy } else { label }}
        </button>
    }
}
