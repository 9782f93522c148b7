use calliyo_domain::{
    counted::Parts,
    job::{Added, Job, Outcome, Removed},
    last_run::kept_by,
};
use leptos::{either::EitherOf3, html, prelude::*};

use super::preview_run;
use crate::{
    live::Live,
    ui::{AGAIN, NotReadYet, count},
};

/// Asks before a run, saying what it would do if it ran now. Escape and Cancel leave everything as it is; the
/// browser gives the focus back to the button that opened the dialog.
#[component]
pub fn ConfirmRun(
    job: Job,
    dialog: NodeRef<html::Dialog>,
    /// Set when the dialog is opened, and unset here when it closes.
    asking: RwSignal<bool>,
    confirm: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let preview = Action::new(move |(): &()| preview_run(job));
    let server = Live::current().server();
    Effect::new(move |_| {
        server.returns();
        if asking.get() {
            preview.dispatch(());
        }
    });
    Effect::new(move |_| {
        let fails = preview.value().with(|answer| matches!(answer, Some(Err(fault)) if fault.passes()));
        if fails
            && asking.get()
            && let Ok(again) = set_timeout_with_handle(move || drop(preview.dispatch(())), AGAIN)
        {
            on_cleanup(move || again.clear());
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
        Some(Err(fault)) => EitherOf3::C(view! { <NotReadYet fault /> }),
    };

    let (title, text) = (format!("{}-run-title", job.key()), format!("{}-run-forecast", job.key()));
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby=title.clone()
            aria-describedby=text.clone()
            on:close=move |_| asking.set(false)
        >
            <h2 id=title.clone()>{format!("Run {} now?", job.title())}</h2>
            <div class="dialog-forecast" id=text.clone() aria-live="polite">
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
fn sentence(preview: &Outcome) -> String {
    let mut parts = Parts::grouped();
    match *preview {
        Outcome::Assigned(outcome) => {
            parts.of_leads(outcome.assigned, &format!("would move to {}", count(outcome.agents, "agent")));
            parts.of_leads(outcome.at_cap, "would stay unassigned (agents at cap)");
            for (leads, kept) in kept_by(&outcome) {
                parts.of_leads(leads, &format!("would be kept by {kept}"));
            }
        }
        Outcome::Added(Added { added, agents, at_cap, open, .. }) => {
            parts.of_leads(added, &format!("would be added across {}", count(agents, "agent")));
            parts.of_leads(at_cap, "would stay unassigned (agents at cap)");
            if added > 0 && open > 0 {
                parts.say(format!("{} would stay open (no unassigned leads left)", count(open, "place")));
            }
        }
        Outcome::Removed(Removed { removed, agents, .. }) => {
            parts.of_leads(removed, &format!("would return to Unassigned from {}", count(agents, "agent")));
        }
        Outcome::Imported(_) => {}
    }
    parts.sentence("No leads are eligible just now.")
}

#[cfg(test)]
mod tests {
    use calliyo_domain::job::Assigned;

    use super::*;

    #[test]
    fn says_what_would_happen() {
        let say = |assigned, agents, at_cap, kept| {
            sentence(&Outcome::Assigned(Assigned { assigned, agents, at_cap, kept, closed: 0, skipped: 0 }))
        };
        let closed = Assigned { kept: 1_205, closed: 1_204, ..Assigned::default() };
        assert_eq!(
            sentence(&Outcome::Assigned(closed)),
            "1 lead would be kept by its agent (no other agent has room), 1,204 would be kept by their agent (not receiving leads or above the cap, and nobody has room)."
        );
        assert_eq!(say(42, 6, 3, 0), "42 leads would move to 6 agents, 3 would stay unassigned (agents at cap).");
        assert_eq!(say(1, 1, 0, 0), "1 lead would move to 1 agent.");
        assert_eq!(say(0, 0, 1, 0), "1 lead would stay unassigned (agents at cap).");
        assert_eq!(say(0, 0, 0, 2), "2 leads would be kept by their agent (no other agent has room).");
        assert_eq!(say(0, 0, 0, 0), "No leads are eligible just now.");
    }

    #[test]
    fn top_up_and_removal() {
        let top_up =
            |added, agents, at_cap, open| sentence(&Outcome::Added(Added { added, agents, at_cap, open, skipped: 0 }));
        assert_eq!(
            top_up(5, 2, 0, 1),
            "5 leads would be added across 2 agents, 1 place would stay open (no unassigned leads left)."
        );
        assert_eq!(top_up(0, 0, 0, 7), "No leads are eligible just now.");
        assert_eq!(
            top_up(1_523, 20, 0, 1_716),
            "1,523 leads would be added across 20 agents, 1,716 places would stay open (no unassigned leads left)."
        );
        let removal = |removed, agents| sentence(&Outcome::Removed(Removed { removed, agents, skipped: 0 }));
        assert_eq!(removal(1, 1), "1 lead would return to Unassigned from 1 agent.");
    }
}
