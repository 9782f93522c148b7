//! Reports over company days.
//!
//! - `range`: the days that a report covers.
//! - `stretch`: when those days are, in instants, also where the clocks change.
//! - `figures`: what is counted, and the call coverage.
//! - `baseline`: the calls that are expected, by day.
//! - `funnel`: how far the leads of these days came.

mod baseline;
mod figures;
mod funnel;
mod range;
mod stretch;

pub use baseline::Baseline;
pub use figures::{Figures, Tally, coverage, total};
pub use funnel::{Funnel, share};
pub use range::{DAYS, Range};
pub use stretch::{Stretch, date, day_number, quarter, stretches};
