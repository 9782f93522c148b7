use calliyo_domain::lead_order::LeadOrder;
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
    /// The run of the import that brought it.
    pub import: String,
    /// So many days on the present status, or more.
    pub days: String,
    /// Beginnings of words of a name, phone number or email.
    pub q: String,
    /// The key of the order, where it isn't the usual one.
    pub sort: String,
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
                "import" => filter.import = value,
                "days" => filter.days = value,
                "q" => filter.q = value,
                "sort" => filter.sort = value,
                _ => {}
            }
        }
        if filter.sort == filter.usual_order().key() {
            filter.sort.clear();
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
            ("import", &self.import),
            ("days", &self.days),
            ("q", &self.q),
            ("sort", &self.sort),
        ];
        status.chain(rest).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Whether it leaves leads out.
    pub fn narrows(&self) -> bool {
        Self { sort: String::new(), ..self.clone() } != Self::default()
    }

    /// In what order it lists. A key that none has asks for the usual order.
    pub fn order(&self) -> LeadOrder {
        LeadOrder::from_key(&self.sort).unwrap_or_else(|| self.usual_order())
    }

    /// The newest first or, where nothing but the days on a status is asked for, those longest on it.
    pub fn usual_order(&self) -> LeadOrder {
        let asks_days = !self.days.is_empty();
        let found = [&self.tag, &self.source, &self.import].iter().any(|asked| !asked.is_empty());
        if asks_days && self.q.trim().is_empty() && !found { LeadOrder::Longest } else { LeadOrder::Newest }
    }

    /// The same leads in another order.
    pub fn sorted(&self, order: LeadOrder) -> Self {
        let sort = if order == self.usual_order() { "" } else { order.key() };
        Self { sort: sort.to_owned(), ..self.clone() }
    }

    /// Where its first page is shown.
    pub fn address(&self) -> String {
        with_query(LEADS, &self.pairs())
    }

    /// Where the page is shown that goes on after a place in the list.
    pub fn after(&self, place: &str) -> String {
        self.page("after", place)
    }

    /// Where the page is shown that ends in front of a place in the list.
    pub fn before(&self, place: &str) -> String {
        self.page("before", place)
    }

    fn page(&self, side: &'static str, place: &str) -> String {
        let mut pairs = self.pairs();
        pairs.push((side, place));
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
        assert_eq!(filter.before("9.5"), "/leads?status=7&status=9&q=asha&before=9.5");
        assert!(filter.narrows() && !Filter::default().narrows());
    }

    #[test]
    fn an_order_is_said_where_it_is_not_the_usual_one() {
        let filter =
            |pairs: &[(&str, &str)]| Filter::of_pairs(pairs.iter().map(|(name, value)| (name, (*value).to_owned())));
        let (all, days) = (filter(&[]), filter(&[("days", "3")]));
        assert_eq!((all.order(), days.order()), (LeadOrder::Newest, LeadOrder::Longest));
        assert_eq!(filter(&[("days", "3"), ("tag", "hot")]).order(), LeadOrder::Newest);
        assert_eq!(filter(&[("sort", "newest")]), all);
        assert_eq!(filter(&[("sort", "longest"), ("days", "3")]), days);
        let newest = filter(&[("sort", "newest"), ("days", "3")]);
        assert_eq!((newest.address().as_str(), newest.order()), ("/leads?days=3&sort=newest", LeadOrder::Newest));
        let latest = all.sorted(LeadOrder::Latest);
        assert_eq!((latest.address().as_str(), latest.narrows()), ("/leads?sort=latest", false));
        assert_eq!(latest.sorted(LeadOrder::Newest), all);
        assert_eq!(filter(&[("sort", "phone")]).order(), LeadOrder::Newest);
    }
}
