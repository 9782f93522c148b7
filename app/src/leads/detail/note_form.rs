use calliyo_domain::note::NOTE;
use leptos::{html, prelude::*, server_fn::ServerFn};

use super::AddNote;
use crate::{
    calls::{NotDone, Place},
    ui::{
        FieldProblem, Refusal, as_text, ask_before_leaving, described_by, focus_field, from_here, parameter, post,
        problem_of_form,
    },
};

/// How addresses call the form, which is its id as well.
pub const FORM: &str = "lead-note";
const FIELD: &str = "lead-note-text";

/// Writes a note on the lead down without a call. It posts by itself where there is no JavaScript.
#[component]
pub fn NoteForm(
    lead: i64,
    place: Place,
    /// When the lead was last shown, unix ms.
    opened_at: ReadSignal<i64>,
    /// Whether something is typed that isn't noted.
    typing: RwSignal<bool>,
    /// What was done, in a sentence.
    done: RwSignal<Option<String>>,
    /// Called when the note was written down.
    noted: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let add = ServerAction::<AddNote>::new();
    let pending = add.pending();
    let refusal = Refusal::of_form(FORM, add.value().into());
    let problem = refusal.at("note");
    let typed = problem_of_form(FORM).and_then(|_| parameter("note")).unwrap_or_default();
    let field = NodeRef::<html::Textarea>::new();
    let now = move || field.get_untracked().map(|field| field.value()).unwrap_or_default();
    let sent = StoredValue::new(String::new());
    ask_before_leaving(typing.into());
    let send = post(add);
    Effect::new(move |_| match add.value().get() {
        Some(Ok(answer)) => {
            // What was typed while the note was on its way stays.
            if let Some(field) = field.get_untracked().filter(|field| sent.with_value(|sent| field.value() == *sent)) {
                field.set_value("");
                typing.set(false);
            }
            done.set(Some(answer.said));
            noted();
        }
        Some(Err(fault)) => {
            done.set(None);
            if fault.field() == Some("note") {
                focus_field(FIELD);
            }
        }
        None => {}
    });
    view! {
        <form class="note-form" id=FORM method="post" action=from_here(AddNote::url()) novalidate autocomplete="off"
            data-own-keys
            on:input=move |_| typing.set(!now().is_empty())
            on:submit=move |event| {
                if !pending.get_untracked() {
                    sent.set_value(now());
                }
                send(event);
            }
        >
            <input type="hidden" name="id" value=lead />
            <input type="hidden" name="place" value=place.key() />
            <input type="hidden" name="opened_at" value=move || opened_at.get() />
            <div class="field note-field">
                <label for=FIELD>"Note without a call"</label>
                <textarea id=FIELD name="note" rows="1" maxlength=NOTE node_ref=field
                    aria-describedby=move || described_by(FIELD, false, problem.with(Option::is_some))
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")>{as_text(&typed)}</textarea>
                <FieldProblem id=FIELD problem />
            </div>
            <button class="button" type="submit" aria-disabled=move || pending.get().then_some("true")>
                {move || if pending.get() { "Adding…" } else { "Add note" }}
            </button>
            {move || refusal.elsewhere(&["note"]).map(|fault| view! { <NotDone fault what="nothing was noted" /> })}
        </form>
    }
    .into_any()
}
