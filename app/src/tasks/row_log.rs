use calliyo_domain::call::CallStatus;
use leptos::prelude::*;

use super::{
    TaskPage,
    focused::{Focused, focus_last_row, focus_row, lead_at},
};
use crate::{
    Fault,
    calls::{LastLog, LogCall, Place, TypedCall},
    ui::{FaultNote, focus_is_free},
};

/// Logs calls without leaving the list: the outcome alone, and the rest as the server has it by itself.
#[derive(Clone, Copy)]
pub struct RowLog {
    log: ServerAction<LogCall>,
    /// The row whose call was logged last.
    row: StoredValue<Option<Focused>>,
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
        Self { log, row: StoredValue::new(None), stale, refusal }
    }

    pub fn log(self, row: Focused, status: CallStatus) {
        if self.stale.get_value() {
            return;
        }
        self.stale.set_value(true);
        self.refusal.set(None);
        self.row.set_value(Some(row));
        let call = TypedCall { status: status.key().to_owned(), ..TypedCall::default() };
        self.log.dispatch(LogCall { id: row.lead, place: Place::Tasks.key().to_owned(), call });
    }

    /// Whether the last call from the list was one on `lead`.
    pub fn was_on(self, lead: i64) -> bool {
        self.row.get_value().is_some_and(|row| row.lead == lead)
    }

    /// A list was built: where the focus went with its row, the next lead gets it.
    pub fn keep_place(self) {
        Effect::new(move |_| {
            let Some(row) = self.row.get_value().filter(|_| focus_is_free()) else { return };
            // A call that doesn't move its lead leads on to the next all the same.
            let stays = lead_at(row.number) == Some(row.lead);
            focus_row(row.number + i64::from(stays));
            if focus_is_free() {
                focus_last_row();
            }
        });
    }

    /// Why the last call was not logged.
    pub fn refused(self) -> impl Fn() -> Option<AnyView> {
        move || self.refusal.get().map(refused)
    }
}

fn refused(fault: Fault) -> AnyView {
    if fault != Fault::NotFound {
        return view! { <FaultNote fault /> }.into_any();
    }
    view! {
        <p class="note" data-kind="problem" role="alert">
            "This lead is no longer on your name, so the call was not logged."
        </p>
    }
    .into_any()
}
