use leptos::prelude::*;

/// What is stored by now, by name, for who typed on what was stored before.
#[component]
pub fn StoredNow(#[prop(into)] facts: Signal<Vec<(&'static str, String)>>) -> impl IntoView {
    let fact = |(name, value): (&'static str, String)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{if value.is_empty() { "None".to_owned() } else { value }}</dd>
            </div>
        }
    };
    view! {
        <section class="stored" aria-labelledby="stored">
            <h3 id="stored">"Stored now"</h3>
            <dl class="facts">{move || facts.get().into_iter().map(fact).collect_view()}</dl>
        </section>
    }
    .into_any()
}
