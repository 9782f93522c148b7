use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent, Node};

/// A button that opens a panel below itself. It works without JavaScript; with it, Escape and a click elsewhere close
/// it.
#[component]
pub fn Menu(
    /// Where the panel stands open to begin with.
    #[prop(default = false)]
    open: bool,
    /// What the button says.
    #[prop(into)]
    label: Signal<String>,
    /// What the button is for, where what it says isn't enough.
    #[prop(default = "")]
    purpose: &'static str,
    #[prop(default = "")] kind: &'static str,
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(details) = details.get_untracked()
            && let Err(error) = details.remove_attribute("open")
        {
            leptos::logging::warn!("a menu can't be closed: {error:?}");
        }
    };
    Effect::new(move |_| {
        let clicks = window_event_listener(ev::click, move |event: MouseEvent| {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            let inside = details.get_untracked().is_none_or(|details| details.contains(target.as_ref()));
            if !inside {
                close();
            }
        });
        on_cleanup(move || clicks.remove());
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
            let summary = details.get_untracked().and_then(|details| details.query_selector("summary").ok().flatten());
            if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
                // Refused only where the element is gone.
                let _ = summary.focus();
            }
        }
    };
    view! {
        <details class="menu" data-kind=kind open=open node_ref=details on:keydown=escape>
            <summary>
                {(!purpose.is_empty()).then(|| view! { <span class="visually-hidden">{purpose} ": "</span> })}
                <span class="menu-label">{label}</span>
            </summary>
            <div class="menu-panel">{children()}</div>
        </details>
    }
    .into_any()
}
