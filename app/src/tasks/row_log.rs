use calliyo_domain::call::CallStatus;
use leptos::{prelude::*, task::spawn_local};

use super::{
    Asked, TaskPage,
    focused::{Focused, focus_last_row, focus_lead, focus_row, lead_at},
};
use crate::{
    Fault,
    calls::{LastLog, LoggedCall, NotDone, Place, TypedCall, log_call},
    ui::focus_is_free,
};

/// Logs calls without leaving the list: the outcome alone, and the rest as the server has it by itself.
#[derive(Clone, Copy)]
pub struct RowLog {
    page: Resource<Result<TaskPage, Fault>>,
    said: LastLog,
    /// The lead on which a call was logged last.
    last: StoredValue<Option<i64>>,
    /// The same, until the focus has gone on from it.
    leaves: StoredValue<Option<i64>>,
    /// The leads that the list doesn't show yet as they are after their calls, and whether the server has answered: a
    /// key that is pressed twice isn't to log twice on one lead.
    held: StoredValue<Vec<(i64, bool)>>,
    refusal: RwSignal<Option<Fault>>,
}

impl RowLog {
    /// Reads `page`, the list, again after each call.
    pub fn new(page: Resource<Result<TaskPage, Fault>>) -> Self {
        let held = StoredValue::new(Vec::<(i64, bool)>::new());
        Effect::new(move |_| {
            page.track();
            held.update_value(|held| held.retain(|(_, answered)| !answered));
        });
        Self {
            page,
            said: LastLog::current(),
            last: StoredValue::new(None),
            leaves: StoredValue::new(None),
            held,
            refusal: RwSignal::new(None),
        }
    }

    /// Calls that are logged quickly one after the other are on their way together.
    pub fn log(self, row: Focused, status: CallStatus) {
        let lead = row.lead;
        if self.held.with_value(|held| held.iter().any(|(known, _)| *known == lead)) {
            return;
        }
        self.held.update_value(|held| held.push((lead, false)));
        self.refusal.set(None);
        self.last.set_value(Some(lead));
        self.leaves.set_value(Some(lead));
        let call = TypedCall { status: status.key().to_owned(), ..TypedCall::default() };
        // Where the list goes on is where the focus goes.
        let log = log_call(lead, Place::Tasks.key().to_owned(), Asked::default(), call);
        spawn_local(async move { self.answered(lead, log.await) });
    }

    fn answered(self, lead: i64, answer: Result<LoggedCall, Fault>) {
        match answer {
            Ok(call) => self.said.logged(&call),
            Err(fault) => {
                self.refusal.try_set(Some(fault));
            }
        }
        // By now the list may have been left.
        let listed = self.held.try_update_value(|held| {
            held.iter_mut().filter(|(known, _)| *known == lead).for_each(|(_, answered)| *answered = true);
        });
        if listed.is_some() {
            self.page.refetch();
        }
    }

    /// Whether the last call from the list was one on `lead`.
    pub fn was_on(self, lead: i64) -> bool {
        self.last.get_value() == Some(lead)
    }

    /// A list is being built, perhaps of the same elements: the focus stays on its lead, wherever that stands now. Where
    /// a call was just logged on it, the lead after it gets the focus; and where that one has gone, the lead that now
    /// stands at its place.
    pub fn keep_place(self) {
        // Only a browser has a focus.
        let Some(here) = (!cfg!(feature = "ssr")).then(Focused::now).flatten() else { return };
        let goes_on = self.leaves.get_value() == Some(here.lead);
        if goes_on {
            self.leaves.set_value(None);
        }
        let meant = if goes_on { lead_at(here.number + 1) } else { Some(here.lead) };
        Effect::new(move |_| {
            let stays = meant.is_some() && Focused::now().map(|now| now.lead) == meant;
            if stays || meant.is_some_and(focus_lead) {
                return;
            }
            focus_row(here.number);
            if focus_is_free() {
                focus_last_row();
            }
        });
    }

    /// Why the last call was not logged.
    pub fn refused(self) -> impl Fn() -> Option<AnyView> {
        move || {
            let not_logged = |fault| view! { <NotDone fault what="the call was not logged" /> }.into_any();
            self.refusal.get().map(not_logged)
        }
    }
}
