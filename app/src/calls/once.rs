use leptos::prelude::*;

/// What the form calls itself, so that a call that is sent again, since no answer came, is logged once. Only a browser
/// with JavaScript sends by itself what it sent before, so that the page needn't come with a name.
#[component]
pub fn Once(
    /// The number of calls that the form has logged: each has a name of its own.
    logged: RwSignal<u32>,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    Effect::new(move |_| {
        logged.track();
        name.set(format!("{:x}{:x}", random(), random()));
    });
    view! { <input type="hidden" name="call[once]" prop:value=name /> }
}

fn random() -> u64 {
    js_sys::Math::random().to_bits()
}
