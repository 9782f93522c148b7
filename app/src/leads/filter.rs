use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, location::Url};

/// What the page's address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// A status id, or empty.
    pub status: String,
    /// A user id, `none`, or empty.
    pub owner: String,
    /// A lead id, or empty on the first page.
    pub before: String,
}

impl Filter {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| {
            query.with(|query| {
                let text = |name| query.get(name).unwrap_or_default();
                Self { status: text("status"), owner: text("owner"), before: text("before") }
            })
        })
    }

    /// Whether it leaves leads out.
    pub fn narrows(&self) -> bool {
        !self.status.is_empty() || !self.owner.is_empty()
    }

    pub fn is_first_page(&self) -> bool {
        self.before.is_empty()
    }

    /// The first page of the same filter.
    pub fn first(&self) -> Self {
        Self { before: String::new(), ..self.clone() }
    }

    /// The page after lead `before`.
    pub fn after(&self, before: i64) -> Self {
        Self { before: before.to_string(), ..self.clone() }
    }

    /// Where it is shown.
    pub fn address(&self) -> String {
        let parts = [("status", &self.status), ("owner", &self.owner), ("before", &self.before)];
        let query: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", Url::escape(value)))
            .collect();
        if query.is_empty() { "/leads".to_owned() } else { format!("/leads?{}", query.join("&")) }
    }
}
