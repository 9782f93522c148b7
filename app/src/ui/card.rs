use leptos::prelude::*;

/// What stands for itself on a page, with a title and a sentence on it.
#[component]
pub fn Card(id: &'static str, title: &'static str, #[prop(into)] purpose: String, children: Children) -> impl IntoView {
    let heading = format!("{id}-title");
    view! {
        <section class="card" id=id aria-labelledby=heading.clone()>
            <div class="card-head">
                <h2 id=heading.clone()>{title}</h2>
                <p>{purpose}</p>
            </div>
            <div class="card-body">{children()}</div>
        </section>
    }
    .into_any()
}
