use leptos::prelude::*;

/// The head of a table whose rows the style makes cards on phones; the roles are spelled out since browsers then drop
/// them.
#[component]
pub fn Heads(
    titles: &'static [&'static str],
    /// What stands above the first column, where that has no title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let title = |title: &'static str| view! { <th scope="col" role="columnheader">{title}</th> };
    view! {
        <thead role="rowgroup">
            <tr role="row">
                {children.map(|children| children())}
                {titles.iter().copied().map(title).collect_view()}
            </tr>
        </thead>
    }
    .into_any()
}
