use leptos::{either::EitherOf3, html, prelude::*};

use super::{Preview, preview_auto_assignment};
use crate::ui::{FaultNote, count};

/// Asks before a run, saying what it would do if it ran now. Escape and Cancel leave everything as it is; the
/// browser gives the focus back to the button that opened the dialog.
#[component]
pub fn ConfirmRun(
    dialog: NodeRef<html::Dialog>,
    /// Set when the dialog is opened, and unset here when it closes.
    asking: RwSignal<bool>,
    confirm: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let preview = Action::new(|(): &()| preview_auto_assignment());
    Effect::new(move |_| {
        if asking.get() {
            preview.dispatch(());
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let forecast = move || match preview.value().get().filter(|_| !preview.pending().get()) {
        None => EitherOf3::A(view! { <p>"Counting what would move…"</p> }),
        Some(Ok(preview)) => EitherOf3::B(view! { <p>{sentence(&preview)}</p> }),
        Some(Err(fault)) => EitherOf3::C(view! { <FaultNote fault /> }),
    };

    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="run-now-title"
            aria-describedby="run-now-forecast"
            on:close=move |_| asking.set(false)
        >
            <h2 id="run-now-title">"Run Auto lead assignment now?"</h2>
            <div class="dialog-forecast" id="run-now-forecast" aria-live="polite">
                {forecast}
            </div>
            <p class="field-help">"It doesn't take the place of the daily run."</p>
            <div class="dialog-buttons">
                <button class="button" type="button" on:click=move |_| close()>
                    "Cancel"
                </button>
                <button
                    class="button"
                    data-kind="primary"
                    type="button"
                    on:click=move |_| {
                        close();
                        confirm();
                    }
                >
                    "Run Now"
                </button>
            </div>
        </dialog>
    }
    .into_any()
}

/// What a run would do.
fn sentence(preview: &Preview) -> String {
    let Preview { assigned, agents, at_cap, kept } = *preview;
    let mut parts = Vec::new();
    if assigned > 0 {
        parts.push(format!("{} would move to {}", count(assigned, "lead"), count(agents, "agent")));
    }
    if at_cap > 0 {
        let leads = if parts.is_empty() { count(at_cap, "lead") } else { at_cap.to_string() };
        parts.push(format!("{leads} would stay unassigned (agents at cap)"));
    }
    if kept > 0 {
        let agent = if kept == 1 { "its agent" } else { "their agent" };
        let leads = if parts.is_empty() { count(kept, "lead") } else { kept.to_string() };
        parts.push(format!("{leads} would be kept by {agent} (no other agent has room)"));
    }
    if parts.is_empty() { "No leads are eligible just now.".to_owned() } else { parts.join(", ") + "." }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_would_happen() {
        let say = |assigned, agents, at_cap, kept| sentence(&Preview { assigned, agents, at_cap, kept });
        assert_eq!(say(42, 6, 3, 0), "42 leads would move to 6 agents, 3 would stay unassigned (agents at cap).");
        assert_eq!(say(1, 1, 0, 0), "1 lead would move to 1 agent.");
        assert_eq!(say(0, 0, 1, 0), "1 lead would stay unassigned (agents at cap).");
        assert_eq!(say(0, 0, 0, 2), "2 leads would be kept by their agent (no other agent has room).");
        assert_eq!(say(0, 0, 0, 0), "No leads are eligible just now.");
    }
}
