use calliyo_domain::import::{FIELD, check_size};
use leptos::{ev::SubmitEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::IMPORT;
use crate::ui::{FaultNote, FieldProblem, described_by, from_here, problem_in_address};

/// Posted by the browser itself, with or without JavaScript; a script only spares people the sending of what would be
/// refused.
#[component]
pub fn UploadForm() -> impl IntoView {
    let in_address = problem_in_address();
    let (at_field, elsewhere) = match in_address {
        Some(fault) if fault.field() == Some(FIELD) => (Some(fault.to_string()), None),
        other => (None, other),
    };
    let problem = RwSignal::new(at_field);
    let sending = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let send = move |event: SubmitEvent| {
        if sending.get_untracked() {
            event.prevent_default();
            return;
        }
        match size(&event).map(check_size) {
            Some(Err(invalid)) => {
                event.prevent_default();
                problem.set(Some(invalid.message));
                // Refused only where the element is gone.
                let _ = input.get_untracked().map(|input| input.focus());
            }
            Some(Ok(())) | None => sending.set(true),
        }
    };
    // Going back may bring the page back as it was left.
    Effect::new(move |_| {
        let shown = window_event_listener_untyped("pageshow", move |_| sending.set(false));
        on_cleanup(move || shown.remove());
    });
    let problem_text = Signal::derive(move || problem.get());
    view! {
        <form class="card import-form" method="post" action=from_here(IMPORT) enctype="multipart/form-data" on:submit=send>
            {elsewhere.map(|fault| view! { <FaultNote fault /> })}
            <div class="field" data-kind="file">
                <label for="import-file">"CSV file"</label>
                <input
                    node_ref=input
                    id="import-file"
                    type="file"
                    name=FIELD
                    accept=".csv,text/csv"
                    required
                    aria-describedby=move || described_by("import-file", true, problem.with(Option::is_some))
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    on:change=move |_| problem.set(None)
                />
                <FieldProblem id="import-file" problem=problem_text />
                <p class="field-help" id="import-file-help">
                    "Up to 10 MB and 100,000 rows. You see what it holds before anything is imported."
                </p>
            </div>
            <button class="button" data-kind="primary" type="submit" aria-disabled=move || sending.get().then_some("true")>
                {move || if sending.get() { "Uploading…" } else { "Look at the file" }}
            </button>
        </form>
    }
    .into_any()
}

/// The size of the chosen file.
fn size(event: &SubmitEvent) -> Option<usize> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let file = FormData::new_with_form(&form).ok()?.get(FIELD);
    let size = js_sys::Reflect::get(&file, &"size".into()).ok()?.as_f64()?;
    Some(size as usize)
}
