use leptos::{html, prelude::*, task::spawn_local};

use super::{
    Changed, Chosen, Draft, FORM, Meant, Place,
    counted::{counted, too_many},
    send::{Press, Typed, send},
};
use crate::{
    Fault,
    leads::{Choices, Filter, Found},
    ui::problem_of_form,
};

/// The state of the form that changes many leads.
#[derive(Clone, Copy)]
pub struct BulkForm {
    pub form: NodeRef<html::Form>,
    /// The dialog that asks before all that match are changed.
    pub question: NodeRef<html::Dialog>,
    pub filter: Memo<Filter>,
    /// How many leads match.
    pub found: Memo<Found>,
    /// Whether all that match are meant, instead of those that are chosen.
    pub all: RwSignal<bool>,
    /// What is under way, or asked about.
    pub pressed: RwSignal<Option<Press>>,
    pub fault: RwSignal<Option<Fault>>,
    /// The agents who are ticked.
    pub agents: RwSignal<Vec<i64>>,
    /// What is asked about: "assign them to Asha".
    pub purpose: RwSignal<String>,
    choices: Memo<Choices>,
    chosen: Chosen,
    changed: Callback<Changed>,
    reread: Callback<()>,
}

impl BulkForm {
    pub fn of(
        filter: Memo<Filter>,
        choices: Memo<Choices>,
        found: Memo<Found>,
        chosen: Chosen,
        changed: Callback<Changed>,
        reread: Callback<()>,
    ) -> Self {
        let draft = Draft::of_address();
        let all = RwSignal::new(draft.all);
        let brought = draft != Draft::default();
        // What is asked about belongs to the filter that it was asked of.
        Effect::new(move |before: Option<()>| {
            filter.track();
            if before.is_some() || !brought {
                all.set(false);
                chosen.clear();
            }
        });
        let fault = RwSignal::new(problem_of_form(FORM));
        let found = counted(filter, found, all, chosen, fault);
        Effect::new(move |_| {
            if found.with(too_many) {
                all.set(false);
            }
        });
        Self {
            form: NodeRef::new(),
            question: NodeRef::new(),
            filter,
            found,
            all,
            pressed: RwSignal::new(None),
            fault,
            agents: RwSignal::new(draft.agents),
            purpose: RwSignal::new(String::new()),
            choices,
            chosen,
            changed,
            reread,
        }
    }

    /// Whether nothing is meant, nor anything to be said.
    pub fn is_idle(self) -> bool {
        !self.all.get() && self.chosen.len() == 0 && self.fault.with(Option::is_none)
    }

    /// Means nothing any more.
    pub fn clear(self) {
        self.chosen.clear();
        self.all.try_set(false);
        self.fault.try_set(None);
    }

    /// Something was chosen in the form, perhaps before the page was left and come back to.
    pub fn look(self) {
        if let Some(form) = self.form.get_untracked() {
            self.agents.set(Typed::of(&form).agents);
        }
    }

    /// Does what is pressed, or asks before it does so with all that match; says what is still to be chosen.
    pub fn press(self, what: Press) {
        let Some(form) = self.form.get_untracked() else { return };
        let typed = Typed::of(&form);
        if let Some(missing) = typed.missing(what) {
            self.fault.set(Some(missing));
            return;
        }
        self.purpose.set(self.choices.with_untracked(|choices| typed.purpose(what, choices)));
        self.pressed.set(Some(what));
        match self.question.get_untracked().filter(|_| self.all.get_untracked()) {
            // It keeps its last answer when it is left by Escape.
            Some(dialog) => {
                dialog.set_return_value("");
                if let Err(error) = dialog.show_modal() {
                    leptos::logging::error!("the dialog can't be opened: {error:?}");
                    self.pressed.set(None);
                }
            }
            None => self.change(),
        }
    }

    /// The dialog was closed.
    pub fn answered(self) {
        match self.question.get_untracked() {
            Some(dialog) if dialog.return_value() == "yes" => self.change(),
            _ => self.pressed.set(None),
        }
    }

    fn change(self) {
        let Some((form, pressed)) = self.form.get_untracked().zip(self.pressed.get_untracked()) else { return };
        let meant = self.meant();
        let typed = Typed::of(&form);
        spawn_local(async move {
            let answer = send(pressed, meant, typed, Place::List).await;
            // The form may be gone by then: another filter may find nothing to be changed.
            self.pressed.try_set(None);
            match answer {
                Ok(answer) => {
                    if answer.did_something() {
                        self.clear();
                        // Whom they were assigned to isn't meant of the next.
                        form.reset();
                    }
                    self.changed.try_run(answer);
                }
                Err(fault) => {
                    // Which leads match by now is shown before they can be meant.
                    if matches!(fault, Fault::OtherLeads(_)) {
                        self.reread.try_run(());
                    }
                    self.fault.try_set(Some(fault));
                }
            }
        });
    }

    fn meant(self) -> Meant {
        Meant {
            filter: self.filter.get_untracked(),
            all: self.all.get_untracked(),
            set: self.found.with_untracked(|found| found.set),
            ids: self.chosen.ids(),
        }
    }
}
