//! Every SQL statement of Calliyo. One file per table family; each function takes a transaction ([`Tx`]), so that
//! the caller decides what belongs together. A statement is written once where both databases understand it;
//! where they differ, the two stand side by side.
//!
//! Instants (`now`, `at`, `since`, `before`, fields that end in `_at`) are unix milliseconds, dates are local ones,
//! `YYYY-MM-DD`. What returns a [`Result`] fails with [`Error`]: the database's own answer, or stored text that this
//! version can't read; nothing of the transaction counts then. What is refused for a reason of the product's is no
//! error: it is said in the value that is given.

#[macro_use]
mod dispatch;
#[macro_use]
mod load;
#[macro_use]
mod visible;

mod alone;
#[cfg(test)]
mod conformance;
mod connect;
mod error;
mod memo;
mod merge;
mod migrate;
mod page;
mod seen_names;
mod tx;
mod value;

pub mod agents;
pub mod call_sums;
pub mod calls;
pub mod check;
pub mod corrections;
pub mod customers;
pub mod demo;
pub mod follow_ups;
pub mod funnel;
pub mod import;
pub mod import_drafts;
pub mod import_rows;
pub mod imports;
pub mod last_calls;
pub mod lead_changes;
pub mod lead_fields;
pub mod lead_notes;
mod lead_state;
pub mod lead_views;
pub mod leads;
pub mod ledger;
pub mod moves;
pub mod notify;
pub mod queue;
pub mod reports;
pub mod roles;
pub mod runs;
pub mod sessions;
pub mod settings;
pub mod sign_ins;
pub mod statuses;
pub mod tags;
pub mod tasks;
pub mod team;
pub mod users;

pub use alone::Alone;
pub use connect::{ConnectError, Db};
pub use error::{Error, Result};
pub use memo::Memo;
pub use page::Page;
pub use tx::{Begun, Tx};
