use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    Fault,
    leads::{Choices, detail::Entry},
    ui::Moment,
};

/// One page of the customers that the viewer may see: newest conversion first, or where they are searched for, newest
/// lead first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPage {
    pub rows: Vec<CustomerRow>,
    /// Give it as `before` to get the page before; nothing on the first.
    pub previous: Option<String>,
    /// Give it as `after` to get the next page; nothing on the last.
    pub next: Option<String>,
    /// How many there are on all pages.
    pub count: i64,
    /// Whether these are the viewer's own conversions only.
    pub own: bool,
    /// IANA name of the company's zone, which the times are in.
    pub time_zone: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    pub id: i64,
    pub name: String,
    pub phone: String,
    pub email: String,
    /// Who owned the lead when it became a customer.
    pub converter: Option<String>,
    pub converted: Moment,
    pub owner: Option<String>,
    pub tags: Vec<String>,
}

/// A customer with everything that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDetail {
    pub customer: CustomerRow,
    /// The lead's.
    pub version: i64,
    pub source: String,
    pub created: Moment,
    /// What happened, newest first.
    pub timeline: Vec<Entry>,
    /// Whether something older happened than the timeline holds.
    pub older: bool,
    /// Whether the viewer may see the lead's own page as well.
    pub opens: bool,
    /// What a holder of `management` may change it to; nothing for others.
    pub choices: Option<Choices>,
    pub time_zone: String,
}

/// The customers that the viewer may see by Show customer to. `q` is what they are found by, as leads are;
/// empty text lists all. `after` is from [`CustomerPage::next`], `before` from [`CustomerPage::previous`].
#[server(ListCustomers, endpoint = "customers", input = leptos::server_fn::codec::GetUrl)]
pub async fn list_customers(
    #[server(default)] q: String,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<CustomerPage, Fault> {
    crate::server::customers::list(&q, &after, &before).await
}

/// One customer, whose timeline has `shown` entries, within bounds; [`Fault::NotFound`] where the viewer may not see it.
#[server(ReadCustomer, endpoint = "customers/one", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_customer(
    #[server(default)] id: String,
    #[server(default)] shown: i64,
) -> Result<CustomerDetail, Fault> {
    crate::server::customers::one(&id, shown).await
}
