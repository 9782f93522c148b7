use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};

use super::{LastLog, Place, UndoCall, UndoneCall, last_log::keep_focus};
use crate::{
    Fault,
    ui::{FaultNote, from_here, on_keys, problem_of_form},
};

/// Its name in the page.
pub(super) const NOTE: &str = "log-note";

/// Says what was logged, and undoes it as long as that can be done: by a button, and by u in the tasks.
#[component]
pub fn LogNote(
    place: Place,
    /// The page's address.
    #[prop(into)]
    here: String,
    /// Called when a call was undone.
    undone: impl Fn(UndoneCall) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let last = LastLog::current();
    last.begin_page();
    let undo = ServerAction::<UndoCall>::new();
    let refusal = RwSignal::new(problem_of_form("undo"));
    let here = StoredValue::new(here);
    let ask = move || {
        if !undo.pending().get_untracked() {
            refusal.set(None);
            keep_focus();
            last.set_undoing(true);
            undo.dispatch(UndoCall { id: last.call(), place: place.key().to_owned(), here: here.get_value() });
        }
    };
    if place == Place::Tasks {
        on_keys(move |event| {
            if event.key() == "u" {
                ask();
            }
        });
    }
    Effect::new(move |_| match undo.value().get() {
        Some(Ok(call)) => {
            last.undone(&call);
            undone(call);
            last.set_undoing(false);
        }
        Some(Err(fault)) => {
            refusal.set(Some(fault));
            last.set_undoing(false);
        }
        None => {}
    });
    on_cleanup(move || last.set_undoing(false));
    // Why one call can't be undone isn't said of the next.
    Effect::new(move |before: Option<()>| {
        last.note();
        if before.is_some() {
            refusal.set(None);
        }
    });
    view! {
        <div class="said" id=NOTE role="status" tabindex="-1">
            {move || last.note().map(|note| view! {
                <span>{note.said}</span>
                {last.undoable().map(|call| view! { <Undo call place here=here.get_value() ask /> })}
            })}
        </div>
        {move || refusal.get().map(|fault| view! { <Refused fault /> })}
    }
    .into_any()
}

#[component]
fn Undo(call: i64, place: Place, here: String, ask: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        ask();
    };
    view! {
        <form method="post" action=from_here(UndoCall::url()) on:submit=submit>
            <input type="hidden" name="id" value=call />
            <input type="hidden" name="place" value=place.key() />
            <input type="hidden" name="here" value=here />
            <button class="button" type="submit">"Undo"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Refused(fault: Fault) -> impl IntoView {
    view! {
        <div class="not-undone">
            <FaultNote fault />
        </div>
    }
}
