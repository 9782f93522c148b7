//! What changes while a page is open.

mod changes;
mod connection;
mod counter;
pub mod event;
mod stream;

pub use changes::Live;
pub use connection::Connection;
pub use event::LiveEvent;
