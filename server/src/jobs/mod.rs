//! The jobs: the schedule makes the runs that are due, a worker takes them from the queue, one at a time, and a
//! watchman puts back what was abandoned.

mod failure;
mod housekeeping;
mod import_leads;
mod listen;
mod move_leads;
mod progress;
mod run;
mod schedule;
mod test_clock;
mod watch;
mod worker;

pub use housekeeping::housekeeping;
pub use listen::listen;
pub use run::{take_next, take_up};
pub use schedule::{Comparer, schedule};
pub use test_clock::look_often;
pub use watch::watch;
pub use worker::work;
