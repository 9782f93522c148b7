use std::collections::BTreeSet;

use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;

use crate::ui::ask_before_leaving;

/// The page's sections that have unsaved changes. Leaving asks once, however many there are.
#[derive(Clone, Copy)]
pub struct UnsavedSections(RwSignal<BTreeSet<SectionKey>>);

impl UnsavedSections {
    /// For the sections of this page.
    pub fn provide() {
        let sections = Self(RwSignal::default());
        provide_context(sections);
        ask_before_leaving(Signal::derive(move || sections.0.with(|sections| !sections.is_empty())));
    }

    /// Follows whether `section` has unsaved changes.
    pub fn watch(section: SectionKey, unsaved: Signal<bool>) {
        let Self(sections) = expect_context();
        Effect::new(move |_| {
            let unsaved = unsaved.get();
            sections.update(|sections| {
                if unsaved {
                    sections.insert(section);
                } else {
                    sections.remove(&section);
                }
            });
        });
    }
}
