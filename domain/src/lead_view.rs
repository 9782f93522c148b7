//! Filters of the list of leads that somebody keeps under a name.

use crate::{Invalid, text};

/// How many each user may keep.
pub const MOST: i64 = 30;

/// How long a name may be, in characters.
pub const NAME: usize = 60;

/// A view's name, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewName(String);

impl ViewName {
    /// # Errors
    /// Says what a name may be.
    pub fn new(name: &str) -> Result<Self, Invalid> {
        text::required("name", "The name", name, NAME).map(Self)
    }

    /// As it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What somebody is told who has as many views as they may.
#[must_use]
pub fn full() -> Invalid {
    Invalid::new("name", format!("You have {MOST} views, which is all there may be. Delete one first."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_has_a_short_name() {
        assert_eq!(ViewName::new(" Hot & new ").map(|name| name.0).as_deref(), Ok("Hot & new"));
        assert!(ViewName::new(&"é".repeat(60)).is_ok());
        for text in ["", "  ", "a\nb", &"é".repeat(61)] {
            assert_eq!(ViewName::new(text).expect_err(text).field, "name");
        }
    }
}
