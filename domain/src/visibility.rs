//! Which customers somebody may see (PRODUCT.md, "Show customer to").

use crate::{permission::Permissions, settings::ShowCustomer};

/// The customers that a viewer may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Customers {
    /// Every customer.
    All,
    /// Those that this user converted: who owned the lead when it became a customer, whoever owns it now.
    ConvertedBy(i64),
}

/// What `viewer` may see with these permissions; nothing for those who may see no customer at all.
#[must_use]
pub fn customers(permissions: &Permissions, setting: ShowCustomer, viewer: i64) -> Option<Customers> {
    let own = permissions.tasks.then_some(Customers::ConvertedBy(viewer));
    let all = permissions.management.then_some(Customers::All);
    match setting {
        ShowCustomer::All => all.or(own),
        ShowCustomer::AgentOnly => own.or(all),
    }
}

/// Whether a role may see customers at all, be it only its holders' own.
#[must_use]
pub fn may_see_customers(permissions: &Permissions) -> bool {
    permissions.management || permissions.tasks
}
