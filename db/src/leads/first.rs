//! What of a filter is read first: what else it asks for is asked of those leads alone.

use std::mem::swap;

use calliyo_domain::lead_order::LeadOrder;

use super::{LeadFilter, OwnerFilter, count_from};
use crate::{Result, Tx};

/// So many leads can be read as a whole, and put in order, for one page of them: as many as the page counts.
const FEW: i64 = 10_000;

/// So many are sooner put in the order of the time on their status than found in it: they may be its last.
const FEW_BY_STATUS: i64 = 100_000;

/// What is read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// The leads, by whichever of their indexes; those of one agent are few.
    Leads,
    /// The leads in the order of their ids; the time on their status is asked of those.
    Ids,
    /// The leads of the source or the import, newest first.
    Source,
    Words,
    Tag,
    /// The few leads that meet one thing of all that is asked.
    Few(Asked),
}

/// One thing that a filter asks for, which an index gives the leads of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// With the time on them.
    Statuses,
    /// Nobody's, or those of several agents.
    Owners,
    Source,
    Import,
    Tag,
    Words,
}

impl LeadFilter {
    /// What is read first where nothing is known of how many leads meet each thing.
    pub(crate) fn usual_first(&self, order: LeadOrder) -> First {
        // Nothing but the leads has the time on their status.
        if matches!(self.owner, OwnerFilter::Agent(_)) || order.is_by_status() {
            return First::Leads;
        }
        let brought = self.source.is_some() || self.import.is_some();
        match (&self.search, brought, self.since_at_latest) {
            (Some(_), ..) => First::Words,
            _ if !self.tags.is_empty() => First::Tag,
            (None, true, Some(_)) => First::Source,
            _ => First::Leads,
        }
    }

    /// What is best read first for a list in this order: what the fewest leads meet, if they are few. Where they aren't,
    /// a page is full before many are read.
    pub(crate) async fn first(&self, tx: &mut Tx, order: LeadOrder) -> Result<First> {
        self.first_if(tx, order, if order.is_by_status() { FEW_BY_STATUS } else { FEW }).await
    }

    /// As [`Self::first`], where `few` are few.
    pub(crate) async fn first_if(&self, tx: &mut Tx, order: LeadOrder, few: i64) -> Result<First> {
        let usual = self.usual_first(order);
        let asked = self.asked();
        let (mut first, mut most) = (usual, few);
        for one in asked.iter().copied().filter(|one| asked.len() > 1 || !self.is_in_order(*one, order)) {
            // What is read first anyway needn't be counted, unless something else would be.
            if first == usual && one.is_read_by(usual) {
                continue;
            }
            let (alone, _) = self.split(one);
            let count = count_from(tx, &alone, alone.usual_first(LeadOrder::default()), most + 1).await?;
            if count <= most {
                (first, most) = (First::Few(one), count);
            }
        }
        Ok(first)
    }

    /// Whether an index gives in this order what meets the one thing.
    fn is_in_order(&self, one: Asked, order: LeadOrder) -> bool {
        match one {
            Asked::Statuses => order.is_by_status() || self.since_at_latest.is_none(),
            _ => !order.is_by_status(),
        }
    }

    /// What it asks for that an index gives; nothing where it asks for so few leads that they are read anyway.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        if matches!(self.owner, OwnerFilter::Agent(_)) || self.only.is_some() {
            return Vec::new();
        }
        // What is read first anyway comes after what isn't.
        [
            (Asked::Statuses, !self.statuses.is_empty()),
            (Asked::Owners, self.owner == OwnerFilter::Nobody || self.owner.is_several_agents()),
            (Asked::Source, self.source.is_some()),
            (Asked::Import, self.import.is_some()),
            (Asked::Tag, !self.tags.is_empty()),
            (Asked::Words, self.search.is_some()),
        ]
        .into_iter()
        .filter_map(|(one, is)| is.then_some(one))
        .collect()
    }

    /// A filter that asks for one thing of this one's alone, and one that asks for the rest.
    pub(super) fn split(&self, one: Asked) -> (Self, Self) {
        let (mut alone, mut rest) = (Self::default(), self.clone());
        match one {
            Asked::Statuses => {
                swap(&mut alone.statuses, &mut rest.statuses);
                swap(&mut alone.since_at_latest, &mut rest.since_at_latest);
            }
            Asked::Owners => swap(&mut alone.owner, &mut rest.owner),
            Asked::Source => swap(&mut alone.source, &mut rest.source),
            Asked::Import => swap(&mut alone.import, &mut rest.import),
            Asked::Tag => swap(&mut alone.tags, &mut rest.tags),
            Asked::Words => swap(&mut alone.search, &mut rest.search),
        }
        (alone, rest)
    }
}

impl Asked {
    fn is_read_by(self, first: First) -> bool {
        matches!((self, first), (Self::Source, First::Source) | (Self::Tag, First::Tag) | (Self::Words, First::Words))
    }
}
