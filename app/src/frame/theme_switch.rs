use leptos::{prelude::*, server_fn::ServerFn};

use super::theme::{SetTheme, Theme};
use crate::ui::Icon;

/// System, light or dark.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let current = expect_context::<RwSignal<Theme>>();
    let choose = move |theme: Theme| {
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            theme.apply();
            current.set(theme);
        }
    };
    let buttons = Theme::ALL.map(|theme| {
        view! {
            <button
                type="submit"
                name="theme"
                value=theme.key()
                aria-pressed=move || if current.get() == theme { "true" } else { "false" }
                on:click=choose(theme)
            >
                <Icon symbol=theme.symbol() />
                <span>{theme.title()}</span>
            </button>
        }
    });
    view! {
        <form class="theme-switch" method="post" action=SetTheme::url()>
            <div role="group" aria-label="Theme">
                {buttons.collect_view()}
            </div>
        </form>
    }
    .into_any()
}
