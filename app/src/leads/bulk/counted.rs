use leptos::{prelude::*, task::spawn_local};

use super::count_leads;
use crate::{
    Fault,
    leads::{Filter, Found},
};

/// How many leads match: as the list has counted them, and anew once somebody means `all` of them, or was refused.
pub fn counted(
    filter: Memo<Filter>,
    found: Memo<Found>,
    all: RwSignal<bool>,
    fault: RwSignal<Option<Fault>>,
) -> Memo<Found> {
    let anew = RwSignal::new(None::<Found>);
    Effect::new(move |_| {
        anew.set(None);
        found.track();
        fault.track();
        let asked = filter.get();
        if !all.get() {
            return;
        }
        spawn_local(async move {
            // Where it can't be counted, the list's own count stays.
            if let Ok(found) = count_leads(asked.clone()).await
                && filter.try_get_untracked() == Some(asked)
            {
                anew.set(Some(found));
            }
        });
    });
    Memo::new(move |_| anew.get().unwrap_or_else(|| found.get()))
}
