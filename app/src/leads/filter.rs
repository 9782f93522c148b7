use calliyo_domain::lead_order::LeadOrder;
use std::fmt;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{SeqAccess, Visitor},
};

use super::{EXPORT, LEADS};
use crate::ui::with_query;

/// Which leads somebody asks for, as forms and addresses spell it. Empty text asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Ids of statuses, any of which will do.
    pub status: Vec<String>,
    /// User ids or `none`, any of which will do.
    #[serde(deserialize_with = "one_or_several")]
    pub owner: Vec<String>,
    /// Any of which will do.
    #[serde(deserialize_with = "one_or_several")]
    pub tag: Vec<String>,
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
            let name = name.as_ref();
            match name.strip_suffix("[]").unwrap_or(name) {
                "status" => add(&mut filter.status, value),
                "owner" => add(&mut filter.owner, value),
                "tag" => add(&mut filter.tag, value),
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
        let several = SEVERAL.into_iter().zip([&self.status, &self.owner, &self.tag]);
        let several = several.flat_map(|(name, values)| values.iter().map(move |value| (name, value.as_str())));
        let rest = [
            ("source", self.source.as_str()),
            ("import", &self.import),
            ("days", &self.days),
            ("q", &self.q),
            ("sort", &self.sort),
        ];
        several.chain(rest).filter(|(_, value)| !value.is_empty()).collect()
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
        let found = !self.tag.is_empty() || !self.source.is_empty() || !self.import.is_empty();
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

/// What may be asked for several times.
pub const SEVERAL: [&str; 3] = ["status", "owner", "tag"];

/// The most owners, or tags, that may be asked for at once; more is refused.
pub const MOST: usize = 500;

fn add(values: &mut Vec<String>, value: String) {
    // One too many says that they are; what follows would only take time.
    if !value.is_empty() && values.len() <= MOST && !values.contains(&value) {
        values.push(value);
    }
}

/// As a list, or as views were saved and addresses spelled when one was all there could be.
fn one_or_several<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    struct OneOrSeveral;
    impl<'de> Visitor<'de> for OneOrSeveral {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text, or a list of texts")
        }

        fn visit_str<E>(self, one: &str) -> Result<Vec<String>, E> {
            let mut values = Vec::new();
            add(&mut values, one.trim().to_owned());
            Ok(values)
        }

        fn visit_unit<E>(self) -> Result<Vec<String>, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut several: A) -> Result<Vec<String>, A::Error> {
            let mut values = Vec::new();
            while let Some(value) = several.next_element::<String>()? {
                add(&mut values, value);
            }
            Ok(values)
        }
    }
    from.deserialize_any(OneOrSeveral)
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
    fn several_owners_and_tags_are_asked_for_as_several_statuses_are() {
        let pairs = |pairs: &[(&str, &str)]| {
            Filter::of_pairs(pairs.iter().map(|(name, value)| (name.to_owned(), (*value).to_owned())))
        };
        let filter = pairs(&[
            ("tag", "hot"),
            ("owner", "none"),
            ("tag[]", "new car"),
            ("owner[]", "7"),
            ("tag", "hot"),
            ("owner", ""),
        ]);
        assert_eq!(filter.address(), "/leads?owner=none&owner=7&tag=hot&tag=new%20car");
        assert_eq!(pairs(&[("owner", "7")]).owner, ["7"]);
    }

    #[test]
    fn views_saved_before_are_read() {
        for (saved, address) in [
            (r#"{"owner":"7","tag":"hot"}"#, "/leads?owner=7&tag=hot"),
            (r#"{"status":["3"],"owner":"","tag":"","q":"asha"}"#, "/leads?status=3&q=asha"),
            (r#"{"owner":["7","none"],"tag":["hot","cold"]}"#, "/leads?owner=7&owner=none&tag=hot&tag=cold"),
            ("{}", "/leads"),
        ] {
            assert_eq!(
                serde_json::from_str::<Filter>(saved).map(|filter| filter.address()).ok().as_deref(),
                Some(address)
            );
        }
        let filter =
            Filter { owner: vec!["7".to_owned()], tag: vec!["a".to_owned(), "b".to_owned()], ..Filter::default() };
        let kept = serde_json::to_string(&filter).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Filter>(&kept).ok(), Some(filter));
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
