//! The product in-process, through its router, on a real SQLite file.

#![expect(clippy::unwrap_used, reason = "a test that can not go on ends there")]

mod account;
mod anonymous;
mod answers;
mod auto_assignment;
mod calls;
mod calls_shown;
mod clock_changes;
mod corrections;
mod coverage;
mod customer_lists;
mod customers;
mod dashboard;
mod former_owners;
mod history;
mod import;
mod import_drafts;
mod import_limits;
mod lead_bulk;
mod lead_bulk_meanwhile;
mod lead_export;
mod lead_fields;
mod lead_notes;
mod lead_views;
mod leads;
mod live;
mod made_under;
mod next_call;
mod pages;
mod reference;
mod reports;
mod roles;
mod runs;
mod schedule;
mod sign_in;
mod sorted;
mod statuses;
mod support;
mod tasks;
mod timeline;
mod trials;
mod undo;
mod user_bans;
mod users;
mod visibility;
