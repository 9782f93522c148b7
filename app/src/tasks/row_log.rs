use calliyo_domain::call::CallStatus;
use leptos::{prelude::*, task::spawn_local};

use super::{
    Asked, TaskPage,
    focused::{Focused, focus_last_row, focus_lead, focus_row, lead_at, name_of, opened_at},
};
use crate::{
    Fault,
    calls::{LastLog, LoggedCall, NotDone, Place, TypedCall, log_call},
    ui::{focus_is_free, typing},
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
    /// The lead whose call was undone, until the list shows it as it is again and the focus is back on it.
    returns: StoredValue<Option<i64>>,
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
        let rows = Self {
            page,
            said: LastLog::current(),
            last: StoredValue::new(None),
            leaves: StoredValue::new(None),
            returns: StoredValue::new(None),
            held,
            refusal: RwSignal::new(None),
        };
        Effect::new(move |_| {
            page.track();
            if rows.returns.with_value(Option::is_some) {
                // By then the list shows what was read.
                request_animation_frame(move || rows.give_back());
            }
        });
        rows
    }

    /// Calls that are logged quickly one after the other are on their way together.
    pub fn log(self, row: Focused, status: CallStatus) {
        let lead = row.lead;
        // What is pressed while a call is being undone is meant for the lead that comes back, which isn't there yet.
        if self.said.undoing() || self.returns.with_value(Option::is_some) {
            return;
        }
        if self.held.with_value(|held| held.iter().any(|(known, _)| *known == lead)) {
            return;
        }
        self.held.update_value(|held| held.push((lead, false)));
        self.refusal.set(None);
        self.last.set_value(Some(lead));
        self.leaves.set_value(Some(lead));
        let call = TypedCall {
            status: status.key().to_owned(),
            opened_at: opened_at(),
            lead_name: name_of(lead),
            ..TypedCall::default()
        };
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

    /// The last call was undone: where it was one on `lead` from the list, that is read again and the lead gets the
    /// focus back.
    pub fn undone(self, lead: i64) -> bool {
        let here = self.last.get_value() == Some(lead);
        if here {
            self.returns.set_value(Some(lead));
            self.page.refetch();
        }
        here
    }

    /// A list is being built, perhaps of the same elements: the focus stays on its lead, wherever that stands now. Where
    /// a call was just logged on it, the lead after it gets the focus; and where that one has gone, the lead that now
    /// stands at its place. Where a call was just undone, its lead gets it.
    pub fn keep_place(self) {
        // Only a browser has a focus.
        let here = (!cfg!(feature = "ssr")).then(Focused::now).flatten();
        let Some(here) = here.filter(|_| self.returns.with_value(Option::is_none)) else { return };
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

    /// Who types meanwhile keeps the focus; and a lead that isn't on this page of the list doesn't get it.
    fn give_back(self) {
        let lead = self.returns.try_update_value(Option::take).flatten();
        self.leaves.try_set_value(None);
        if let Some(lead) = lead.filter(|_| !typing()) {
            focus_lead(lead);
        }
    }

    /// Why the last call was not logged.
    pub fn refused(self) -> impl Fn() -> Option<AnyView> {
        move || {
            let not_logged = |fault| view! { <NotDone fault what="the call was not logged" /> }.into_any();
            self.refusal.get().map(not_logged)
        }
    }
}
