//! The jobs: a worker takes runs from the queue, one at a time; a watchman puts back what was abandoned.

mod auto_assignment;
mod failure;
mod housekeeping;
mod listen;
mod progress;
mod run;
mod watch;
mod worker;

pub use housekeeping::housekeeping;
pub use listen::listen;
pub use run::take_up;
pub use watch::watch;
pub use worker::work;
