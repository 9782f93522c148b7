//! The planner of Auto lead assignment, from outside.

mod examples;
mod key;
mod months;
mod oracle;
mod properties;
mod search;
