//! The rules of Calliyo, pure: no I/O, no clock, no randomness. Times are unix milliseconds
//! (`_at`, `_since`) unless a name says otherwise; now is always an argument.

pub mod assignment;
pub mod call;
pub mod clock;
pub mod company;
pub mod counted;
#[cfg(feature = "server")]
pub mod country;
#[cfg(feature = "server")]
pub mod csv;
pub mod dealing;
pub mod digits;
pub mod due;
#[cfg(feature = "server")]
pub mod fairness;
pub mod import;
pub mod job;
pub mod last_run;
pub mod lead;
pub mod lead_edit;
pub mod lead_order;
pub mod lead_set;
pub mod lead_view;
pub mod note;
pub mod order;
#[cfg(feature = "server")]
pub mod password;
pub mod permission;
pub mod phone;
pub mod queue_switch;
pub mod quoted;
pub mod removal;
#[cfg(feature = "server")]
pub mod report;
pub mod role;
#[cfg(feature = "server")]
pub mod schedule;
#[cfg(feature = "server")]
pub mod search;
pub mod settings;
pub mod shares;
pub mod sign_in;
pub mod spreadsheet;
pub mod status;
pub mod tags;
pub mod text;
pub mod time_of_day;
pub mod top_up;
pub mod user;
pub mod user_column;
pub mod visibility;
#[cfg(feature = "server")]
pub mod weekend;

mod invalid;
mod together;

pub use invalid::Invalid;
pub use together::Together;
