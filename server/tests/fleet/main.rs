//! Whole servers, as processes of their own, that share one database and a clock which the test moves: each day's
//! runs happen exactly once, whatever happens to the servers and to the database.
//! PostgreSQL comes from `scripts/postgres`; `CALLIYO_FLEET_INSTANTS` says how many due instants to go through.

#![expect(clippy::unwrap_used, reason = "a test that can not go on ends there")]

mod company;
mod days;
mod exactly_once;
mod hand;
mod journey;
mod lost;
mod own_tick;
mod proxy;
mod server;
mod skewed;
mod stop;
mod world;
