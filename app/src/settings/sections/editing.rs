use leptos::{html, prelude::*};

use super::{
    Draft, SavedBy, SavedSection, SectionForm, Values,
    change::{Change, changes},
};
use crate::{
    Fault,
    ui::{forget_address, json_parameter, parameter, problem_in_address, reset_form},
};

/// What a save did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// These changes; empty where they aren't known.
    Changes(Vec<Change>),
    /// Nothing, since all of it was stored already.
    Nothing,
}

/// The state of the section's form. The form itself is the truth of what is typed, so that what was typed before
/// the program took over counts as well: `typed` is read from it, and fields are filled by resetting it.
#[derive(Clone, Copy)]
pub struct Editing {
    /// Which section it is.
    pub of: &'static SectionForm,
    /// The form element.
    pub form: NodeRef<html::Form>,
    /// The newest settings that this page knows.
    pub saved: RwSignal<SavedSection>,
    /// The version that the form is about; behind `saved` while somebody else's save is not taken note of.
    pub version: RwSignal<i64>,
    /// The zone that the form's time of day was typed under.
    pub time_zone: RwSignal<String>,
    /// What a reset of the form leads to.
    pub start: RwSignal<Values>,
    pub typed: RwSignal<Values>,
    /// Why the last save was refused.
    pub refusal: RwSignal<Option<Fault>>,
    /// What the last save did, as long as the page says so.
    pub stored: RwSignal<Option<Stored>>,
    /// Who saved while there were unsaved changes here.
    pub overtaken: RwSignal<Option<SavedBy>>,
    /// Whether the program has taken over. Before, the form must work as plain HTML.
    pub interactive: RwSignal<bool>,
    /// The settings that the save under way is about.
    sent: RwSignal<Option<SavedSection>>,
    /// The next settings that arrive are the ones that a refusal told of.
    told: RwSignal<bool>,
}

impl Editing {
    /// Begins with what is saved, or with what the address brings back of a form posted without JavaScript.
    pub fn of(form: &'static SectionForm, saved: SavedSection) -> Self {
        let key = Some(form.key.as_str());
        let here = parameter("section").as_deref() == key;
        let draft = here.then(|| json_parameter::<Draft>("draft")).flatten();
        let refusal = here.then(problem_in_address).flatten();
        let start = draft.as_ref().map_or_else(|| saved.values.clone(), |draft| draft.values.clone());
        let version = match (&draft, &refusal) {
            // Their save is on the page: to save again is to mean it.
            (Some(draft), fault) if !matches!(fault, Some(Fault::Stale { .. })) => draft.version,
            _ => saved.version,
        };
        let told = |name: &str, stored: Stored| (parameter(name).as_deref() == key).then_some(stored);
        let stored = told("saved", Stored::Changes(Vec::new())).or_else(|| told("unchanged", Stored::Nothing));
        Self {
            of: form,
            form: NodeRef::new(),
            time_zone: RwSignal::new(saved.time_zone.clone()),
            saved: RwSignal::new(saved),
            version: RwSignal::new(version),
            typed: RwSignal::new(start.clone()),
            start: RwSignal::new(start),
            refusal: RwSignal::new(refusal),
            stored: RwSignal::new(stored),
            overtaken: RwSignal::new(None),
            interactive: RwSignal::new(false),
            sent: RwSignal::new(None),
            told: RwSignal::new(false),
        }
    }

    /// What a save would change.
    pub fn changes(self) -> Vec<Change> {
        self.saved.with(|saved| self.typed.with(|typed| changes(self.of, saved, typed)))
    }

    pub fn unsaved(self) -> Signal<bool> {
        Memo::new(move |_| !self.changes().is_empty()).into()
    }

    /// The message beside `field`.
    pub fn problem_at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.refusal.with(|fault| fault.as_ref().and_then(|fault| fault.at(field))))
    }

    /// Something was typed.
    pub fn read_form(self) {
        let form = self.form.try_get_untracked().flatten();
        if let Some(values) = form.and_then(|form| Values::in_form(&form, self.of))
            && self.typed.with_untracked(|typed| *typed != values)
        {
            let before = self.typed.get_untracked();
            // What was wrong with a field is judged anew by the next save; what is wrong with others remains so.
            if let Some(fault @ (Fault::Invalid(_) | Fault::MadeUnder(_))) = self.refusal.get_untracked() {
                self.refusal.set(fault.elsewhere(|field| !self.of.has(field) || values.may_mend(&before, field)));
            }
            self.typed.set(values);
            self.stored.set(None);
        }
    }

    /// A save begins.
    pub fn send(self) {
        self.sent.set(Some(self.saved.get_untracked()));
        self.refusal.set(None);
        self.stored.set(None);
    }

    /// The save was taken: says what is stored now, which may be spelled otherwise than it was typed.
    pub fn accept(self, section: SavedSection) {
        let stored = self.sent.with_untracked(|sent| match sent {
            Some(before) if before.version == section.version => Stored::Nothing,
            Some(before) => Stored::Changes(changes(self.of, before, &section.values)),
            None => Stored::Changes(Vec::new()),
        });
        self.adopt(section);
        self.stored.set(Some(stored));
        forget_address(self.of.page);
    }

    /// The save was refused: nothing typed is lost.
    pub fn refuse(self, fault: Fault) {
        if matches!(fault, Fault::Stale { .. }) {
            self.version.set(self.saved.with_untracked(|saved| saved.version));
            self.told.set(true);
        }
        if let Fault::MadeUnder(told) = &fault {
            self.time_zone.set(told.mark.clone());
        }
        self.refusal.set(Some(fault));
    }

    /// The section was read again.
    pub fn hear(self, next: SavedSection) {
        let known = self.saved.get_untracked();
        let typed = self.typed.get_untracked();
        let untouched = typed == known.values || typed == next.values;
        let version = next.version;
        if untouched {
            self.time_zone.set(next.time_zone.clone());
        }
        if version != known.version {
            // It was about what isn't stored any more.
            self.stored.set(None);
        }
        if version == known.version {
            self.saved.set(next);
            // A status may be gone, and its tick with it.
            request_animation_frame(move || self.read_form());
        } else if untouched {
            self.adopt(next);
        } else {
            self.overtaken.set(next.saved.clone());
            self.saved.set(next);
        }
        if self.told.get_untracked() {
            self.version.set(version);
            self.told.set(false);
        }
    }

    /// Shows `section` in the fields, whatever was in them.
    pub fn adopt(self, section: SavedSection) {
        let values = section.values.clone();
        self.version.set(section.version);
        self.time_zone.set(section.time_zone.clone());
        self.saved.set(section);
        self.start.set(values.clone());
        self.typed.set(values);
        self.overtaken.set(None);
        self.refusal.set(None);
        self.told.set(false);
        reset_form(self.form);
    }

    /// Throws away what was typed.
    pub fn discard(self) {
        self.adopt(self.saved.get_untracked());
        forget_address(self.of.page);
    }
}
