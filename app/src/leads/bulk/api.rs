use calliyo_domain::{lead_set::LeadSet, status::CUSTOMER};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Meant, People, Ticked};
use crate::{
    Fault,
    leads::{Filter, Found},
};

/// How many leads may be changed at once: on either database that takes seconds.
pub const MOST_AT_ONCE: u64 = 50_000;

/// What became of the chosen leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Changed {
    Assigned {
        leads: u64,
        /// How many agents received some.
        agents: u64,
        /// Leads that one of the agents has already and keeps.
        kept: u64,
        /// Leads that nobody had room for.
        left: u64,
        /// Chosen agents whom their lead cap kept from receiving, or from receiving more.
        full: People,
        /// Chosen agents who receive no leads.
        away: People,
        /// Ticked leads that changed after they were shown, and stay as they are.
        meanwhile: u64,
    },
    Status {
        leads: u64,
        status: i64,
        /// Leads that were on it already.
        same: u64,
        /// Leads that nobody owns, and that would need an owner.
        ownerless: u64,
        /// Customers that stay customers.
        customers: u64,
        /// As of an assignment.
        meanwhile: u64,
    },
}

impl Changed {
    /// How what became of them is shown, as notes call it: done; in part; or, where nothing was changed, a problem.
    pub fn kind(&self) -> &'static str {
        let (leads, refused) = match self {
            Self::Assigned { leads, left, full, away, meanwhile, .. } => {
                (leads, left + meanwhile > 0 || full.named().is_some() || away.named().is_some())
            }
            Self::Status { leads, ownerless, customers, meanwhile, .. } => {
                (leads, ownerless + customers + meanwhile > 0)
            }
        };
        match (leads, refused) {
            (0, true) => "problem",
            (0, false) | (_, true) => "warning",
            (_, false) => "done",
        }
    }

    /// Whether anything was changed.
    pub fn did_something(&self) -> bool {
        let (Self::Assigned { leads, .. } | Self::Status { leads, .. }) = self;
        *leads > 0
    }
}

/// Where the form stands, and so where a form posted without JavaScript leads back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    #[default]
    List,
    /// The one lead's own page.
    Lead,
    /// The lead's page as a customer.
    Customer,
}

impl Place {
    /// How forms spell it.
    pub fn key(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Lead => "lead",
            Self::Customer => "customer",
        }
    }

    /// Its address, where the form is about these leads.
    pub fn address(self, meant: &Meant) -> String {
        match (self, meant.ids.first()) {
            (Self::Lead, Some(Ticked { id, .. })) => format!("/leads/{id}"),
            (Self::Customer, Some(Ticked { id, .. })) => format!("/customers/{id}"),
            _ => meant.filter.address(),
        }
    }

    /// Where to go on: what is no customer any more has no page as one.
    pub fn after(self, changed: &Changed) -> Self {
        match *changed {
            Changed::Status { leads: 1.., status, .. } if self == Self::Customer && status != CUSTOMER => Self::Lead,
            _ => self,
        }
    }
}

/// How many leads match, counted as far as that many may be changed at once; for holders of `management`.
#[server(CountLeads, endpoint = "leads/count", input = leptos::server_fn::codec::GetUrl)]
pub async fn count_leads(#[server(default)] filter: Filter) -> Result<Found, Fault> {
    crate::server::lead_bulk::count(&filter).await
}

/// Gives the leads `ids`, or `all` that match the filter, to these agents: evenly, and to nobody above the cap. Leads
/// that changed after they were ticked stay as they are; of all, nothing is changed unless they are the very `set` that was
/// shown.
#[server(AssignLeads, endpoint = "leads/assign")]
pub async fn assign_leads(
    #[server(default)] filter: Filter,
    #[server(default)] all: bool,
    #[server(default)] set: Option<LeadSet>,
    #[server(default)] ids: Vec<Ticked>,
    #[server(default)] agents: Vec<i64>,
    #[server(default)] place: Place,
) -> Result<Changed, Fault> {
    crate::server::lead_bulk::assign(&Meant { filter, all, set, ids }, &agents, place).await
}

/// Puts the leads `ids`, or `all` that match the filter, on this status, with the same care. Of `all`, customers are
/// changed only where the filter asks for Customer.
#[server(SetLeadStatus, endpoint = "leads/status")]
pub async fn set_lead_status(
    #[server(default)] filter: Filter,
    #[server(default)] all: bool,
    #[server(default)] set: Option<LeadSet>,
    #[server(default)] ids: Vec<Ticked>,
    #[server(default)] status: String,
    #[server(default)] place: Place,
) -> Result<Changed, Fault> {
    crate::server::lead_bulk::set_status(&Meant { filter, all, set, ids }, &status, place).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_where_it_stands() {
        let filter = Filter { owner: vec!["none".to_owned()], ..Filter::default() };
        let address = |place: Place, ids: &[i64]| {
            let ids = ids.iter().map(|id| Ticked::at(*id, 1)).collect();
            place.address(&Meant { filter: filter.clone(), ids, ..Meant::default() })
        };
        assert_eq!(address(Place::List, &[7, 8]), "/leads?owner=none");
        assert_eq!(address(Place::Lead, &[7]), "/leads/7");
        assert_eq!(address(Place::Customer, &[7]), "/customers/7");
        assert_eq!(address(Place::Lead, &[]), "/leads?owner=none");
    }

    #[test]
    fn what_was_refused_is_not_shown_as_done() {
        let assigned = |leads, left, away: &[&str]| {
            let away = People::of(away.iter().map(ToString::to_string).collect());
            Changed::Assigned { leads, agents: 1, kept: 0, left, full: People::default(), away, meanwhile: 0 }.kind()
        };
        let put = |leads, same, ownerless, customers, meanwhile| {
            Changed::Status { leads, status: 7, same, ownerless, customers, meanwhile }.kind()
        };
        assert_eq!([assigned(3, 0, &[]), put(3, 1, 0, 0, 0)], ["done"; 2]);
        assert_eq!(
            [assigned(3, 1, &[]), assigned(3, 0, &["Asha"]), put(2, 0, 1, 0, 0), put(2, 0, 0, 0, 1)],
            ["warning"; 4]
        );
        assert_eq!([assigned(0, 0, &[]), put(0, 3, 0, 0, 0)], ["warning"; 2], "it was so already");
        assert_eq!([assigned(0, 2, &[]), put(0, 0, 1, 0, 0), put(0, 0, 0, 1, 0), put(0, 1, 0, 0, 1)], ["problem"; 4]);
    }

    #[test]
    fn who_is_no_customer_any_more_is_a_lead() {
        let put = |leads, status| Changed::Status { leads, status, same: 0, ownerless: 0, customers: 0, meanwhile: 0 };
        assert_eq!(Place::Customer.after(&put(1, 7)), Place::Lead);
        assert_eq!(Place::Customer.after(&put(0, 7)), Place::Customer);
        assert_eq!(Place::Customer.after(&put(0, CUSTOMER)), Place::Customer);
        assert_eq!(Place::List.after(&put(1, 7)), Place::List);
    }
}
