use leptos::{prelude::*, task::spawn_local};

use super::count_leads;
use crate::leads::{Filter, Found};

/// How many leads match: as far as the list has counted them, and further once somebody means `all` of them.
pub fn counted(filter: Memo<Filter>, found: Memo<Found>, all: RwSignal<bool>) -> Memo<Found> {
    let further = RwSignal::new(None::<Found>);
    Effect::new(move |_| {
        further.set(None);
        let asked = filter.get();
        if !all.get() || !found.with(|found| found.more) {
            return;
        }
        spawn_local(async move {
            // Where it can't be counted, the list's own count stays.
            if let Ok(found) = count_leads(asked.clone()).await
                && filter.try_get_untracked() == Some(asked)
            {
                further.set(Some(found));
            }
        });
    });
    Memo::new(move |_| further.get().unwrap_or_else(|| found.get()))
}
