//! Customers, as far as Show customer to lets one see them: the list and one customer.

pub mod api;
mod detail;
mod page;
mod place;
mod search;
mod table;

pub use api::*;
pub use detail::CustomerDetailPage;
pub use page::CustomersPage;
