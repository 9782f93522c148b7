//! What people write down about a lead: in the log of a call, or by itself.

use crate::{Invalid, text};

/// The longest note, in characters.
pub const NOTE: usize = 2000;

/// Checks a note, which may be empty.
///
/// # Errors
/// Names the field (`note`) and what is allowed.
pub fn check(text: &str) -> Result<String, Invalid> {
    let text = text::lines(text);
    if text.chars().count() > NOTE {
        return Err(Invalid::new("note", format!("A note may have {NOTE} characters at most.")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Invalid::new("note", "A note may hold no control characters."));
    }
    Ok(text)
}

/// Checks a note that stands by itself, and so says something.
///
/// # Errors
/// Names the field (`note`) and what is allowed.
pub fn check_alone(text: &str) -> Result<String, Invalid> {
    let note = check(text)?;
    if note.is_empty() { Err(Invalid::new("note", "Write something down first.")) } else { Ok(note) }
}
