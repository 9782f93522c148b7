use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{Draft, FORM, Ticked};

/// The leads that are ticked on this page, by id.
#[derive(Clone, Copy)]
pub struct Chosen(RwSignal<BTreeMap<i64, Ticked>>);

impl Chosen {
    /// What a form posted without JavaScript brought back, or else nothing.
    pub fn of_address() -> Self {
        Self(RwSignal::new(Draft::of_address().ids.into_iter().map(|lead| (lead.id, lead)).collect()))
    }

    /// Not followed.
    pub fn ids(self) -> Vec<Ticked> {
        self.0.with_untracked(|chosen| chosen.values().copied().collect())
    }

    pub fn len(self) -> usize {
        self.0.with(BTreeMap::len)
    }

    pub fn clear(self) {
        self.0.update(BTreeMap::clear);
    }

    /// Forgets those that the page doesn't show any more, and means the others as it shows them now: nothing is changed
    /// that one doesn't see.
    pub fn keep_only(self, shown: &[Ticked]) {
        let kept = self.0.with_untracked(|chosen| {
            let kept = shown.iter().filter(|lead| chosen.contains_key(&lead.id));
            kept.map(|lead| (lead.id, *lead)).collect::<BTreeMap<_, _>>()
        });
        if self.0.with_untracked(|chosen| *chosen != kept) {
            self.0.set(kept);
        }
    }

    fn holds(self, id: i64) -> bool {
        self.0.with(|chosen| chosen.contains_key(&id))
    }

    fn set(self, leads: &[Ticked], to: bool) {
        self.0.update(|chosen| {
            for lead in leads {
                if to {
                    chosen.insert(lead.id, *lead);
                } else {
                    chosen.remove(&lead.id);
                }
            }
        });
    }
}

/// The tick in a lead's row.
#[component]
pub fn ChooseLead(lead: Ticked, name: String, chosen: Chosen) -> impl IntoView {
    view! {
        <input
            type="checkbox"
            name="ids[]"
            value=lead.to_string()
            form=FORM
            aria-label=format!("Choose {name}")
            checked=untrack(|| chosen.holds(lead.id))
            prop:checked=move || chosen.holds(lead.id)
            on:change=move |event| chosen.set(&[lead], event_target_checked(&event))
        />
    }
}

/// The id of the tick above the list.
pub const CHOOSE_ALL: &str = "choose-all";

/// The tick above the list, for all leads of the page; of use with JavaScript alone.
#[component]
pub fn ChooseAll(leads: Vec<Ticked>, chosen: Chosen) -> impl IntoView {
    let leads = StoredValue::new(leads);
    let all = move || leads.with_value(|leads| leads.iter().all(|lead| chosen.holds(lead.id)));
    view! {
        <input
            type="checkbox"
            id=CHOOSE_ALL
            class="needs-script"
            aria-label="Choose all leads on this page"
            prop:checked=all
            on:change=move |event| leads.with_value(|leads| chosen.set(leads, event_target_checked(&event)))
        />
    }
}
