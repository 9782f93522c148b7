//! Counts the statements that a piece of work sends to the database.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, ThreadId},
};

use tracing::{
    Event, Metadata, Subscriber,
    span::{Attributes, Id, Record},
};
use tracing_core::span::Current;

/// Runs `work` and gives how many statements it sent besides.
pub async fn count<T>(work: impl Future<Output = T>) -> (T, u64) {
    let counter = Counter { home: thread::current().id(), seen: Arc::default(), span: OnceLock::new() };
    let seen = Arc::clone(&counter.seen);
    let _guard = tracing::subscriber::set_default(counter);
    let span = tracing::info_span!("counted");
    let _entered = span.enter();
    let result = work.await;
    (result, seen.load(Ordering::SeqCst))
}

/// sqlx logs each statement where it is carried out. On PostgreSQL that is the test's own thread; SQLite has a
/// thread per connection, which enters the caller's span once for each command.
struct Counter {
    home: ThreadId,
    seen: Arc<AtomicU64>,
    span: OnceLock<&'static Metadata<'static>>,
}

impl Subscriber for Counter {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.span.get_or_init(|| span.metadata());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        if event.metadata().target() == "sqlx::query" {
            self.seen.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn enter(&self, _: &Id) {
        if thread::current().id() != self.home {
            self.seen.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn exit(&self, _: &Id) {}

    fn current_span(&self) -> Current {
        self.span.get().map_or_else(Current::none, |metadata| Current::new(Id::from_u64(1), metadata))
    }
}
