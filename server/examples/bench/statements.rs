use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing_subscriber::{Layer, layer::Context};

/// What was asked of the database.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    pub statements: u64,
    /// Rows that the database gave, sums aside.
    pub rows: u64,
    /// Rows that stand for groups of others.
    pub sums: u64,
}

/// What isn't counted: the begin of connections, the begin and end of transactions, and what goes beside a run as time
/// goes by, whatever its size: its heartbeat and the word to the pages.
const BESIDE: [&str; 6] = ["PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SELECT pg_notify", "UPDATE runs SET heartbeat_at"];

/// Counts the statements that sqlx reports. With `BENCH_STATEMENTS` in the environment, prints each with its time.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Counted>>);

impl Statements {
    /// What was counted since it was last asked.
    pub fn take(&self) -> Counted {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<S: tracing::Subscriber> Layer<S> for Statements {
    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut seen = Seen::default();
        event.record(&mut seen);
        if BESIDE.iter().any(|start| seen.summary.starts_with(start)) {
            return;
        }
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.statements += 1;
        *if seen.grouped { &mut counted.sums } else { &mut counted.rows } += seen.rows;
        if std::env::var_os("BENCH_STATEMENTS").is_some() {
            println!("  {:>10}{:>10}  {}", seen.elapsed, seen.rows, seen.summary);
        }
    }
}

/// What sqlx says of a statement.
#[derive(Default)]
struct Seen {
    summary: String,
    elapsed: String,
    rows: u64,
    grouped: bool,
}

impl Seen {
    /// Short statements are told in their summary alone.
    fn read(&mut self, field: &str, value: &str) {
        self.grouped |= value.contains("GROUP BY");
        match field {
            "summary" => self.summary = value.trim_matches('"').trim_start().to_owned(),
            "elapsed" => self.elapsed = value.to_owned(),
            _ => {}
        }
    }
}

impl Visit for Seen {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.read(field.name(), value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "rows_returned" {
            self.rows = value;
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.read(field.name(), &format!("{value:?}"));
    }
}
