use calliyo_domain::{order, user_column::UserColumn};
use leptos::prelude::*;

use crate::ui::{of_address, with_query};

pub type Order = order::Order<UserColumn>;

/// What the page's address asks the list of users for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub search: String,
    pub order: Order,
    /// A page's number, or empty for the first.
    pub page: String,
}

impl Place {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        of_address(|text| Self { search: text("search"), order: Order::of_text(&text("sort")), page: text("page") })
    }

    /// The first page of those that `search` finds.
    pub fn finding(&self, search: &str) -> Self {
        Self { search: search.to_owned(), order: self.order, page: String::new() }
    }

    /// The first page in this order.
    pub fn sorted(&self, order: Order) -> Self {
        Self { order, ..self.finding(&self.search) }
    }

    /// The page of this number, from 1.
    pub fn at(&self, page: i64) -> Self {
        Self { page: if page > 1 { page.to_string() } else { String::new() }, ..self.clone() }
    }

    /// Where it is shown.
    pub fn address(&self) -> String {
        with_query("/users", &[("search", &self.search), ("sort", &self.order.text()), ("page", &self.page)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_what_is_chosen() {
        let place = Place::default().finding("rao").sorted(Order::of_text("-queue")).at(3);
        assert_eq!(place.address(), "/users?search=rao&sort=-queue&page=3");
        assert_eq!(place.at(1).finding("").address(), "/users?sort=-queue");
        assert_eq!(place.sorted(Order::default()).address(), "/users?search=rao", "another order begins anew");
    }
}
