//! What changes while a page is open.

mod changes;
mod counter;
pub mod event;
mod stream;

pub use changes::Live;
pub use event::LiveEvent;
