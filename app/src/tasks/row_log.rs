use calliyo_domain::call::CallStatus;
use leptos::prelude::*;

use super::{
    TaskPage,
    focused::{Focused, focus_last_row, focus_row, lead_at},
};
use crate::{
    Fault,
    calls::{LastLog, LogCall, NotDone, Place, TypedCall},
    ui::focus_is_free,
};

/// Logs calls without leaving the list: the outcome alone, and the rest as the server has it by itself.
#[derive(Clone, Copy)]
pub struct RowLog {
    log: ServerAction<LogCall>,
    /// The row whose call was logged last.
    row: StoredValue<Option<Focused>>,
    /// Whether no list was built since.
    logged: StoredValue<bool>,
    /// Whether the list may not be any more what it shows: a key that is pressed twice isn't to log twice on one lead.
    stale: StoredValue<bool>,
    refusal: RwSignal<Option<Fault>>,
}

impl RowLog {
    /// Reads `page`, the list, again after each call.
    pub fn new(page: Resource<Result<TaskPage, Fault>>) -> Self {
        let log = ServerAction::<LogCall>::new();
        let refusal = RwSignal::new(None);
        let stale = StoredValue::new(false);
        let last = LastLog::current();
        Effect::new(move |_| match log.value().get() {
            Some(Ok(call)) => {
                last.logged(&call);
                page.refetch();
            }
            Some(Err(fault)) => {
                refusal.set(Some(fault));
                page.refetch();
            }
            None => {}
        });
        Effect::new(move |_| {
            page.track();
            stale.set_value(false);
        });
        Self { log, row: StoredValue::new(None), logged: StoredValue::new(false), stale, refusal }
    }

    pub fn log(self, row: Focused, status: CallStatus) {
        if self.stale.get_value() {
            return;
        }
        self.stale.set_value(true);
        self.refusal.set(None);
        self.row.set_value(Some(row));
        self.logged.set_value(true);
        let call = TypedCall { status: status.key().to_owned(), ..TypedCall::default() };
        self.log.dispatch(LogCall { id: row.lead, place: Place::Tasks.key().to_owned(), call });
    }

    /// Whether the last call from the list was one on `lead`.
    pub fn was_on(self, lead: i64) -> bool {
        self.row.get_value().is_some_and(|row| row.lead == lead)
    }

    /// A list was built, perhaps of the same elements: where a call was just logged from a row, or the focus went with
    /// it, the lead that now stands at its place gets the focus; the next one, if the logged lead stays there.
    pub fn keep_place(self) {
        Effect::new(move |_| {
            let Some(row) = self.row.get_value() else { return };
            let logged = self.logged.get_value();
            self.logged.set_value(false);
            let on_it = Focused::now().is_some_and(|here| here.number == row.number);
            if focus_is_free() || (logged && on_it) {
                let stays = logged && lead_at(row.number) == Some(row.lead);
                focus_row(row.number + i64::from(stays));
            }
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
