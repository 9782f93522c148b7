use std::fmt;

use serde::{Deserialize, Serialize};

/// A value that isn't allowed: which field, and a sentence that says what is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invalid {
    /// The field's name as forms and files spell it, e.g. `reassign_at`.
    pub field: String,
    /// A whole sentence for the person who typed it.
    pub message: String,
}

impl Invalid {
    /// Names the field and what it allows.
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into() }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Invalid {}
