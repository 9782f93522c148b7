use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::with_query;

/// What the page's address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// What is searched for, or empty.
    pub q: String,
    /// Where the page before ended, or empty on the first page.
    pub after: String,
}

impl Place {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| {
            query.with(|query| {
                let text = |name| query.get(name).unwrap_or_default();
                Self { q: text("q"), after: text("after") }
            })
        })
    }

    pub fn searches(&self) -> bool {
        !self.q.trim().is_empty()
    }

    pub fn is_first_page(&self) -> bool {
        self.after.is_empty()
    }

    /// The first page of the same search.
    pub fn first(&self) -> Self {
        Self { after: String::new(), ..self.clone() }
    }

    /// The page that begins after `after`.
    pub fn next(&self, after: &str) -> Self {
        Self { after: after.to_owned(), ..self.clone() }
    }

    /// Where it is shown.
    pub fn address(&self) -> String {
        with_query("/customers", &[("q", &self.q), ("after", &self.after)])
    }

    /// Where all of what is searched for is downloaded.
    pub fn export(&self) -> String {
        with_query("/customers/export.csv", &[("q", &self.q)])
    }
}
