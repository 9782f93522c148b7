//! The product in-process, through its router, on a real SQLite file.

#![expect(clippy::unwrap_used, reason = "a test that can not go on ends there")]

mod anonymous;
mod auto_assignment;
mod customers;
mod leads;
mod live;
mod pages;
mod reports;
mod runs;
mod schedule;
mod sign_in;
mod support;
