use leptos::prelude::*;

/// A figure at a glance.
pub struct Tile {
    pub name: &'static str,
    pub value: Signal<String>,
    /// What it is of, or a figure that belongs to it.
    pub more: Signal<String>,
}

impl Tile {
    pub fn new(name: &'static str, value: impl Into<Signal<String>>, more: impl Into<Signal<String>>) -> Self {
        Self { name, value: value.into(), more: more.into() }
    }
}

/// Figures side by side, as many in a row as there is room for.
#[component]
pub fn Tiles(tiles: Vec<Tile>) -> impl IntoView {
    let tile = |Tile { name, value, more }| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>
                    <span class="tile-value">{value}</span>
                    <span class="tile-more">{more}</span>
                </dd>
            </div>
        }
    };
    view! { <dl class="tiles">{tiles.into_iter().map(tile).collect_view()}</dl> }.into_any()
}
