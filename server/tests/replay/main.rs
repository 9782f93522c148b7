//! A call centre's real fortnight, played in through the product: each lead is imported and given to an agent by a run,
//! and each of its calls is logged by that agent. What dashboards, tasks and reports then say is compared with sums that
//! are made here, from the files. `make replay` plays other files; the small ones in `tests/data` are an extract.

#![expect(clippy::unwrap_used, reason = "a test that can not go on ends there")]

mod company;
mod files;
mod judge;
mod play;
mod sums;

use company::{on_postgres, on_sqlite};

#[tokio::test]
async fn what_was_logged_is_what_is_counted_on_sqlite() {
    on_sqlite(play::play).await;
}

#[tokio::test]
async fn what_was_logged_is_what_is_counted_on_postgres() {
    on_postgres(play::play).await;
}
