use leptos::prelude::*;

use crate::ui::{of_address, with_query};

/// What the page's address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// What is searched for, or empty.
    pub q: String,
    /// Where the page before ended, or empty.
    pub after: String,
    /// Where the page after begins, or empty.
    pub before: String,
}

impl Place {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        of_address(|text| Self { q: text("q"), after: text("after"), before: text("before") })
    }

    pub fn searches(&self) -> bool {
        !self.q.trim().is_empty()
    }

    /// The first page of the same search.
    pub fn first(&self) -> Self {
        Self { q: self.q.clone(), ..Self::default() }
    }

    /// The page that begins after `after`.
    pub fn next(&self, after: &str) -> Self {
        Self { after: after.to_owned(), ..self.first() }
    }

    /// The page that ends in front of `before`.
    pub fn previous(&self, before: &str) -> Self {
        Self { before: before.to_owned(), ..self.first() }
    }

    /// Where it is shown.
    pub fn address(&self) -> String {
        with_query("/customers", &[("q", &self.q), ("after", &self.after), ("before", &self.before)])
    }

    /// Where all of what is searched for is downloaded.
    pub fn export(&self) -> String {
        with_query("/customers/export.csv", &[("q", &self.q)])
    }
}
