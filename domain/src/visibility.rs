//! Which leads and customers somebody may see (PRODUCT.md, "Show customer to").

use crate::{call::LeadState, permission::Permissions, settings::ShowCustomer, status};

/// The customers that a viewer may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Customers {
    /// Every customer.
    #[default]
    All,
    /// Those that this user converted: who owned the lead when it became a customer, whoever owns it now.
    ConvertedBy(i64),
}

impl Customers {
    /// What a lead on `status` is among: nothing, unless it is a customer.
    #[must_use]
    pub fn holding(status: i64, converter: Option<i64>) -> Vec<Self> {
        let all = (status == status::CUSTOMER).then_some(Self::All);
        all.into_iter().chain(converter.filter(|_| all.is_some()).map(Self::ConvertedBy)).collect()
    }
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

/// Whether `viewer` may see this lead and work on it: with `management` any, with `tasks` one's own. A customer is also
/// a lead, so that [`customers`] must let them see it besides.
#[must_use]
pub fn lead(permissions: &Permissions, setting: ShowCustomer, viewer: i64, lead: &LeadState) -> bool {
    let theirs = permissions.management || (permissions.tasks && lead.owner == Some(viewer));
    let hidden = lead.status == status::CUSTOMER
        && match customers(permissions, setting, viewer) {
            Some(Customers::All) => false,
            Some(Customers::ConvertedBy(converter)) => lead.converter != Some(converter),
            None => true,
        };
    theirs && !hidden
}

/// Whether a role may see customers at all, be it only its holders' own.
#[must_use]
pub fn may_see_customers(permissions: &Permissions) -> bool {
    permissions.management || permissions.tasks
}
