//! What every database must do. Each test is written once and runs on SQLite and on PostgreSQL under the same name
//! (`…::sqlite::…`, `…::postgres::…`); PostgreSQL comes from `scripts/postgres`. How either database behaves may
//! change only together with this suite.

#[macro_use]
mod harness;
mod fixtures;
mod statements;

mod apply;
mod apply_random;
mod call_sums;
mod calls;
mod check;
mod connect;
mod corrections;
mod customer_search;
mod customers;
mod demo;
mod follow_ups;
mod funnel;
mod history;
mod import;
mod imports;
mod last_calls;
mod lead_changes;
mod lead_fields;
mod lead_notes;
mod lead_rows;
mod lead_search;
mod lead_views;
mod leads;
mod leads_first;
mod ledger;
mod memo;
mod migrate;
mod plans;
mod queue;
mod reports;
mod roles;
mod run_rules;
mod runs;
mod seen_names;
mod sessions;
mod settings;
mod sign_ins;
mod snapshot;
mod statuses;
mod tasks;
mod tasks_random;
mod timeline;
mod user_bans;
mod user_records;
mod users;
