use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::{EXPORT, LEADS};
use crate::ui::with_query;

/// Which leads somebody asks for, as forms and addresses spell it. Empty text asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Ids of statuses, any of which will do.
    pub status: Vec<String>,
    /// A user id or `none`.
    pub owner: String,
    pub tag: String,
    pub source: String,
    /// So many days on the present status, or more.
    pub days: String,
    /// Beginnings of words of a name, phone number or email.
    pub q: String,
}

impl Filter {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| query.with(|query| Self::of_pairs(query.clone())))
    }

    /// From the parameters of an address, or the fields of a form. What isn't known is passed over.
    pub fn of_pairs<N: AsRef<str>>(pairs: impl IntoIterator<Item = (N, String)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            match name.as_ref() {
                "status" if !value.is_empty() && !filter.status.contains(&value) => filter.status.push(value),
                "owner" => filter.owner = value,
                "tag" => filter.tag = value,
                "source" => filter.source = value,
                "days" => filter.days = value,
                "q" => filter.q = value,
                _ => {}
            }
        }
        filter
    }

    /// What it says, as the parameters of an address.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let status = self.status.iter().map(|status| ("status", status.as_str()));
        let rest = [
            ("owner", self.owner.as_str()),
            ("tag", &self.tag),
            ("source", &self.source),
            ("days", &self.days),
            ("q", &self.q),
        ];
        status.chain(rest).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Whether it leaves leads out.
    pub fn narrows(&self) -> bool {
        *self != Self::default()
    }

    /// Whether those longest on their status come first, instead of the newest.
    pub fn longest_first(&self) -> bool {
        !self.days.is_empty() && self.q.trim().is_empty() && self.tag.is_empty() && self.source.is_empty()
    }

    /// Where its first page is shown.
    pub fn address(&self) -> String {
        with_query(LEADS, &self.pairs())
    }

    /// Where the page is shown that goes on after a place in the list.
    pub fn after(&self, place: &str) -> String {
        let mut pairs = self.pairs();
        pairs.push(("after", place));
        with_query(LEADS, &pairs)
    }

    /// Where all of what it asks for is downloaded.
    pub fn export(&self) -> String {
        with_query(EXPORT, &self.pairs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_asked_for_and_no_more() {
        let pairs = [("status", "7"), ("status", " 9 "), ("status", "7"), ("status", ""), ("q", " asha "), ("x", "y")];
        let filter = Filter::of_pairs(pairs.map(|(name, value)| (name, value.to_owned())));
        assert_eq!(filter.pairs(), [("status", "7"), ("status", "9"), ("q", "asha")]);
        assert_eq!(filter.address(), "/leads?status=7&status=9&q=asha");
        assert_eq!(filter.after("9.5"), "/leads?status=7&status=9&q=asha&after=9.5");
        assert_eq!(Filter::default().address(), "/leads");
        assert!(filter.narrows() && !Filter::default().narrows());
    }
}
