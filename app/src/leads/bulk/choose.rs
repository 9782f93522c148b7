use std::collections::BTreeSet;

use leptos::prelude::*;

use super::FORM;

/// The leads that are ticked on this page.
#[derive(Clone, Copy)]
pub struct Chosen(RwSignal<BTreeSet<i64>>);

impl Chosen {
    pub fn nothing() -> Self {
        Self(RwSignal::new(BTreeSet::new()))
    }

    /// Not followed.
    pub fn ids(self) -> Vec<i64> {
        self.0.with_untracked(|chosen| chosen.iter().copied().collect())
    }

    pub fn len(self) -> usize {
        self.0.with(BTreeSet::len)
    }

    pub fn clear(self) {
        self.0.update(BTreeSet::clear);
    }

    /// Forgets those that the page doesn't show any more: nothing is changed that one doesn't see.
    pub fn keep_only(self, shown: &[i64]) {
        if !self.0.with_untracked(|chosen| chosen.iter().all(|id| shown.contains(id))) {
            self.0.update(|chosen| chosen.retain(|id| shown.contains(id)));
        }
    }

    fn holds(self, id: i64) -> bool {
        self.0.with(|chosen| chosen.contains(&id))
    }

    fn set(self, ids: &[i64], to: bool) {
        self.0.update(|chosen| {
            for id in ids {
                if to {
                    chosen.insert(*id);
                } else {
                    chosen.remove(id);
                }
            }
        });
    }
}

/// The tick in a lead's row.
#[component]
pub fn ChooseLead(id: i64, name: String, chosen: Chosen) -> impl IntoView {
    view! {
        <input
            type="checkbox"
            name="ids[]"
            value=id
            form=FORM
            aria-label=format!("Choose {name}")
            prop:checked=move || chosen.holds(id)
            on:change=move |event| chosen.set(&[id], event_target_checked(&event))
        />
    }
}

/// The tick above the list, for all leads of the page; of use with JavaScript alone.
#[component]
pub fn ChooseAll(ids: Vec<i64>, chosen: Chosen) -> impl IntoView {
    let ids = StoredValue::new(ids);
    let all = move || ids.with_value(|ids| ids.iter().all(|id| chosen.holds(*id)));
    view! {
        <input
            type="checkbox"
            class="needs-script"
            aria-label="Choose all leads on this page"
            prop:checked=all
            on:change=move |event| ids.with_value(|ids| chosen.set(ids, event_target_checked(&event)))
        />
    }
}
