use std::time::Duration;

use calliyo_domain::call::UNDO_WITHIN;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{LoggedCall, UndoneCall, log_note::NOTE};
use crate::ui::{bring_into_view, parameter};

/// What this browser logged last, kept while its person goes from page to page.
#[derive(Clone, Copy)]
pub struct LastLog {
    note: RwSignal<Option<Note>>,
    /// Whether the call can still be undone, as far as the browser knows.
    open: RwSignal<bool>,
    /// Whether the next page is to show the note too.
    carried: RwSignal<bool>,
    /// Whether it is being undone.
    undoing: RwSignal<bool>,
}

/// What is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub said: String,
    /// The call that was logged; nothing where one was undone.
    pub call: Option<i64>,
}

impl Note {
    /// As a form posted without JavaScript left it.
    fn of_address() -> Option<Self> {
        let taken = parameter("taken").is_some();
        let note = |said: &str, call| {
            let said = if taken { format!("{said} {LEFT_AS_IT_IS}") } else { said.to_owned() };
            Self { said, call }
        };
        let logged = parameter("logged").and_then(|call| call.parse().ok());
        let undone = || parameter("undone").map(|_| note("The call was undone.", None));
        // Where the lead is shown, so is its note.
        let noted = || parameter("noted").filter(|_| taken).map(|_| note("The note was added.", None));
        logged.map(|call| note("The call was logged.", Some(call))).or_else(undone).or_else(noted)
    }
}

/// What is said of a lead beside what was written down of it, to who may see it no more: nothing of what it is by now.
pub const LEFT_AS_IT_IS: &str =
    "The lead is no longer yours, so its status, next call and owner were left as they are.";

impl LastLog {
    pub fn provide() {
        let no = || RwSignal::new(false);
        provide_context(Self { note: RwSignal::new(None), open: no(), carried: no(), undoing: no() });
    }

    pub fn current() -> Self {
        expect_context()
    }

    /// What to say.
    pub fn note(self) -> Option<Note> {
        self.note.get()
    }

    /// The call that can be undone.
    pub fn undoable(self) -> Option<i64> {
        self.open.get().then(|| self.note.get().and_then(|note| note.call)).flatten()
    }

    /// The call that was logged, whether or not it can still be undone.
    pub fn call(self) -> Option<i64> {
        self.note.with_untracked(|note| note.as_ref().and_then(|note| note.call))
    }

    /// A call was logged.
    pub fn logged(self, call: &LoggedCall) {
        self.note.set(Some(Note { said: call.said.clone(), call: Some(call.call) }));
        self.open.set(true);
        self.close_later();
    }

    /// Shows what was said of a call whose form was far below it.
    pub fn bring_into_view(self) {
        // By then it is said.
        request_animation_frame(|| bring_into_view(NOTE));
    }

    /// Whether a call is being undone.
    pub fn undoing(self) -> bool {
        self.undoing.get_untracked()
    }

    /// A call is to be undone, or there is an answer.
    pub(super) fn set_undoing(self, undoing: bool) {
        self.undoing.set(undoing);
    }

    /// A call was undone.
    pub(super) fn undone(self, call: &UndoneCall) {
        self.note.set(Some(Note { said: call.said.clone(), call: None }));
        self.open.set(false);
    }

    /// The note is said on the next page too.
    pub fn carry(self) {
        self.carried.set(true);
    }

    /// A page begins: what is over is said no more.
    pub(super) fn begin_page(self) {
        let carried = self.carried.get_untracked();
        self.carried.set(false);
        if carried || self.open.get_untracked() {
            return;
        }
        let note = Note::of_address();
        self.open.set(note.as_ref().is_some_and(|note| note.call.is_some()));
        self.note.set(note);
        Effect::new(move |_| self.close_later());
    }

    /// Ten seconds from now on nothing is offered that the server would refuse.
    fn close_later(self) {
        let call = self.call();
        let close = move || {
            if self.call() == call && self.open.get_untracked() {
                keep_focus();
                self.open.set(false);
            }
        };
        if let Err(error) = set_timeout_with_handle(close, Duration::from_millis(UNDO_WITHIN.unsigned_abs())) {
            leptos::logging::warn!("the button to undo stays: {error:?}");
        }
    }
}

/// Where the button that is about to go has the focus, the note takes it.
pub(super) fn keep_focus() {
    let note = document().get_element_by_id(NOTE).and_then(|note| note.dyn_into::<HtmlElement>().ok());
    if let Some(note) = note
        && note.contains(document().active_element().as_deref())
    {
        // Refused only where the element is gone, and with it the button.
        let _ = note.focus();
    }
}
