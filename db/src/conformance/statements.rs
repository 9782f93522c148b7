//! Counts the statements that a piece of work sends to the database.

use std::{
    cell::Cell,
    collections::BTreeMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use tracing::{
    Event, Metadata, Subscriber,
    span::{Attributes, Id, Record},
};
use tracing_core::span::Current;

/// Runs `work` and gives how many statements it sent besides.
pub async fn count<T>(work: impl Future<Output = T>) -> (T, u64) {
    static LISTENS: OnceLock<()> = OnceLock::new();
    // One listener for all tests: those that come and go lose words where tests run side by side.
    LISTENS.get_or_init(|| tracing::subscriber::set_global_default(Listener).expect("nobody else listens"));
    let span = tracing::info_span!(target: TARGET, "counted");
    let id = span.id().expect("a span").into_u64();
    COUNTING.set(Some(id));
    let _entered = span.enter();
    let result = work.await;
    COUNTING.set(None);
    (result, with_counts(|counts| counts.remove(&id)).unwrap_or_default())
}

const TARGET: &str = "statements";

static SPAN: OnceLock<&'static Metadata<'static>> = OnceLock::new();
static COUNTS: Mutex<BTreeMap<u64, u64>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// The span of the test on this thread, while it counts.
    static COUNTING: Cell<Option<u64>> = const { Cell::new(None) };
}

fn with_counts<T>(change: impl FnOnce(&mut BTreeMap<u64, u64>) -> T) -> T {
    change(&mut COUNTS.lock().unwrap_or_else(PoisonError::into_inner))
}

fn add(id: u64) {
    with_counts(|counts| *counts.entry(id).or_default() += 1);
}

/// On PostgreSQL sqlx logs each statement on the test's own thread. SQLite has a thread per connection, which enters
/// the test's span before it carries out a command (and logs at some time after it has answered).
struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        [TARGET, "sqlx::query"].contains(&metadata.target())
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        SPAN.get_or_init(|| span.metadata());
        static NEXT: Mutex<u64> = Mutex::new(0);
        let mut next = NEXT.lock().unwrap_or_else(PoisonError::into_inner);
        *next += 1;
        Id::from_u64(*next)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        if let Some(id) = COUNTING.get() {
            add(id);
        }
    }

    fn enter(&self, id: &Id) {
        if COUNTING.get().is_none() {
            add(id.into_u64());
        }
    }

    fn exit(&self, _: &Id) {}

    fn current_span(&self) -> Current {
        match (COUNTING.get(), SPAN.get()) {
            (Some(id), Some(metadata)) => Current::new(Id::from_u64(id), metadata),
            _ => Current::none(),
        }
    }
}
