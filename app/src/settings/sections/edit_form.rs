use leptos::{ev::SubmitEvent, form::FromFormData, prelude::*, server_fn::ServerFn};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    Editing, SaveSection, SectionForm,
    fields::Fields,
    footer::{Footer, SAID},
};
use crate::{
    Fault,
    ui::{focus_field, focus_is_free, forget_address, from_here},
};

/// The section's form: fields, and below them what would change, the password and Save. It posts by itself where
/// there is no JavaScript.
#[component]
pub fn EditForm(
    editing: Editing,
    /// Reads the section again.
    reread: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let save = ServerAction::<SaveSection>::new();
    let unsaved = editing.unsaved();
    let pending = save.pending();
    let may_save = Signal::derive(move || !editing.interactive.get() || (unsaved.get() && !pending.get()));

    // The password is asked once there is something to save.
    let asks = Signal::derive(move || !editing.interactive.get() || unsaved.get());

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !may_save.get_untracked() {
            return;
        }
        editing.send();
        match SaveSection::from_event(&event) {
            Ok(form) => {
                save.dispatch(form);
            }
            Err(error) => {
                leptos::logging::error!("the form can't be read: {error}");
                editing.refuse(Fault::Unavailable);
            }
        }
    };
    Effect::new(move |_| match save.value().get() {
        Some(Ok(section)) => {
            editing.accept(section);
            go_on(editing);
        }
        Some(Err(fault)) => {
            if matches!(fault, Fault::Stale { .. }) {
                reread();
            }
            lead_to(editing, &fault);
            editing.refuse(fault);
        }
        None => {}
    });
    Effect::new(move |_| {
        editing.interactive.set(true);
        editing.read_form();
        if editing.stored.with_untracked(Option::is_some) {
            forget_address(editing.of.page);
        }
    });

    view! {
        <form
            class="editing"
            method="post"
            action=from_here(SaveSection::url())
            novalidate
            autocomplete="off"
            data-asks=move || asks.get().then_some("")
            data-interactive=move || editing.interactive.get().then_some("")
            node_ref=editing.form
            on:input=move |_| editing.read_form()
            on:submit=submit
        >
            <input type="hidden" name="section" value=editing.of.key.as_str() />
            <input type="hidden" name="version" value=move || editing.version.get() />
            <input type="hidden" name="time_zone" value=move || editing.time_zone.get() />
            <Fields editing />
            {notes(editing.of)}
            <Footer editing may_save pending />
        </form>
    }
    .into_any()
}

fn notes(section: &SectionForm) -> Option<impl IntoView + use<>> {
    let notes = section.notes.iter().map(|note| view! { <p>{*note}</p> });
    (!section.notes.is_empty()).then(|| view! { <div class="section-notes">{notes.collect_view()}</div> })
}

/// Moves the focus to what is said of the save, from the password and its button, which are gone.
fn go_on(editing: Editing) {
    let row = editing.form.get_untracked().and_then(|form| form.query_selector(".save-row").ok().flatten());
    let was_there = row.is_some_and(|row| row.contains(document().active_element().as_deref()));
    if was_there || focus_is_free() {
        request_animation_frame(move || {
            focus_field(&editing.of.id(SAID));
        });
    }
}

/// Moves the focus to the first field to blame; a wrong password is to be typed anew.
fn lead_to(editing: Editing, fault: &Fault) {
    let field = fault.fields().find_map(|field| focus_field(&editing.of.id(field)));
    if *fault == Fault::WrongPassword
        && let Some(password) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
    {
        password.set_value("");
    }
}
