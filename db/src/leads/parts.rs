//! A filter in parts, each of which an index gives in a list's order: the list merges them.

use calliyo_domain::status;

use super::{LeadFilter, OwnerFilter, first::First};

/// More statements than this aren't merged: what the rows of so many parts cost is more than to put them in order.
const PARTS: usize = 60;

impl LeadFilter {
    /// The same filter in parts, each of which is found in the list's order, and each lead in one of them: once for each
    /// of its tags where those are read first, else for each of its owners and statuses. Where that were too many, it
    /// stays whole.
    pub(crate) fn in_parts(&self, first: First, pipeline: &[i64]) -> Vec<Self> {
        // What would be too many isn't made first: each part holds what is asked for.
        let statuses = self.statuses.len().max(1);
        let (tags, owners) = (self.tags.len(), self.owner.each().len() * statuses);
        if if first == First::Tag { tags } else { owners } > PARTS {
            return vec![self.clone()];
        }
        let parts = match first {
            First::Tag => self.by_tag(),
            First::Leads | First::Ids => {
                let owners = self.owner.each().into_iter().map(|owner| Self { owner, ..self.clone() });
                owners.flat_map(|of_one| of_one.by_status(first, pipeline)).collect()
            }
            _ => vec![self.clone()],
        };
        if parts.len() > PARTS { vec![self.clone()] } else { parts }
    }

    /// The same filter once for each of its tags. Whoever has several of them is found by the first.
    fn by_tag(&self) -> Vec<Self> {
        let part = |n: usize| {
            let (before, tag) = (self.tags[..n].to_vec(), self.tags[n..=n].to_vec());
            Self { tags: tag, without_tags: before, ..self.clone() }
        };
        (0..self.tags.len()).map(part).collect()
    }

    /// The same filter once for each of its statuses, or else of the `pipeline`: what is on one status is found in the
    /// list's order, what is on several isn't. Where something else is read first, or an agent's leads are put in order,
    /// it stays whole.
    fn by_status(&self, first: First, pipeline: &[i64]) -> Vec<Self> {
        let by_time = !pipeline.is_empty();
        let few = self.only.is_some() || by_time && matches!(self.owner, OwnerFilter::Agent(_));
        let mut statuses = if self.statuses.is_empty() { pipeline.to_vec() } else { self.statuses.clone() };
        if statuses.len() < 2 || !matches!(first, First::Leads | First::Ids) || few {
            return vec![self.clone()];
        }
        if by_time && self.owner == OwnerFilter::Nobody {
            // Nobody has leads on other statuses (PRODUCT.md, Leads), which would all be looked through for them.
            statuses.retain(|id| [status::UNASSIGNED, status::CUSTOMER].contains(id));
        }
        if statuses.is_empty() {
            return vec![Self { only: Some(Vec::new()), ..self.clone() }];
        }
        statuses.iter().map(|status| Self { statuses: vec![*status], ..self.clone() }).collect()
    }
}
