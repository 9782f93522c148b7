use leptos::{prelude::*, task::spawn_local};

use super::{Chosen, MOST_AT_ONCE, count_leads};
use crate::{
    Fault,
    leads::{Filter, Found},
};

/// How many leads match, and which: as the list has counted them, since those were shown. Where it went no further than
/// that there are more, they are counted once somebody means `all` of them, was refused, or has `chosen` some.
pub fn counted(
    filter: Memo<Filter>,
    found: Memo<Found>,
    all: RwSignal<bool>,
    chosen: Chosen,
    fault: RwSignal<Option<Fault>>,
) -> Memo<Found> {
    let anew = RwSignal::new(None::<Found>);
    let wanted = Memo::new(move |_| found.with(|found| found.more) && (all.get() || chosen.len() > 0));
    Effect::new(move |_| {
        anew.set(None);
        found.track();
        fault.track();
        let asked = filter.get();
        if !wanted.get() {
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

/// Whether more match than may be changed at once.
pub fn too_many(found: &Found) -> bool {
    found.more && found.count.unsigned_abs() >= MOST_AT_ONCE
}
