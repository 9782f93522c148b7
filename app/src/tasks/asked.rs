use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::TASKS;
use crate::ui::{of_address, with_query};

/// What the page's address asks for; empty text asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A status, by its id.
    pub status: String,
    /// When the next call was agreed for: a key of [`calliyo_domain::due::Due`].
    pub due: String,
    /// Whom to find.
    pub q: String,
    /// Where the page before ended.
    pub after: String,
}

impl Asked {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        of_address(|text| Self { status: text("status"), due: text("due"), q: text("q"), after: text("after") })
    }

    /// Whether it leaves tasks out.
    pub fn narrows(&self) -> bool {
        self.first() != Self::default()
    }

    /// Its first page.
    pub fn first(&self) -> Self {
        Self { after: String::new(), ..self.clone() }
    }

    /// The page that goes on after `after`.
    pub fn next(&self, after: &str) -> Self {
        Self { after: after.to_owned(), ..self.clone() }
    }

    /// Where it is shown.
    pub fn address(&self) -> String {
        with_query(TASKS, &self.parameters())
    }

    /// The page of the lead `lead`, which leads back to them.
    pub fn lead(&self, lead: i64) -> String {
        let [status, due, q, after] = self.parameters();
        with_query(&format!("/leads/{lead}"), &[("from", "tasks"), status, due, q, after])
    }

    /// Where they go on: at the lead `next`, or else at what is left of them.
    pub fn go_on(&self, next: Option<i64>) -> String {
        next.map_or_else(|| self.address(), |next| self.lead(next))
    }

    fn parameters(&self) -> [(&str, &str); 4] {
        let Self { status, due, q, after } = self;
        [("status", status), ("due", due), ("q", q.trim()), ("after", after)]
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use crate::calls::Place;

    #[test]
    fn addresses() {
        assert_eq!(Asked::default().address(), "/tasks");
        let asked = Asked { due: "overdue".to_owned(), q: "asha".to_owned(), ..Asked::default() };
        assert_eq!(asked.next("0.5.7").address(), "/tasks?due=overdue&q=asha&after=0.5.7");
        assert_eq!(asked.next("0.5.7").lead(9), "/leads/9?from=tasks&due=overdue&q=asha&after=0.5.7");
        assert_eq!(asked.go_on(None), asked.address());
        assert_eq!(asked.go_on(Some(9)), asked.lead(9));
        assert_eq!(Asked::default().lead(9), Place::Tasks.page(9));
        assert_eq!(asked.next("0.5.7").first(), asked);
        assert!(asked.narrows() && !Asked::default().next("0.5.7").narrows());
    }
}
