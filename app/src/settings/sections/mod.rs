//! The settings' sections: what each shows, its form with the password, and what it says of a save.

mod api;
mod change;
mod describe;
mod edit_form;
mod editing;
mod fields;
mod footer;
mod section;
mod unsaved;
mod values;

pub use api::*;
pub use describe::{Choice, Field, Kind, SectionForm};
pub use editing::{Editing, Stored};
pub use section::SectionCard;
pub use unsaved::UnsavedSections;
pub use values::Values;
