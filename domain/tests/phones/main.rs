//! Phone numbers as people type them, in companies of many countries.

#![cfg(feature = "server")]

mod countries;
mod plans;
mod refused;
mod typed;
