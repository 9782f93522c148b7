//! Leads that are alike to R2 and R6, and the places they may take.

/// Leads with the same owner, last owner and tie; agents by position in the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A lead that moves, or may also stay if it is in a tie.
    Lead { tie: Option<usize>, owner: Option<usize>, last_owner: Option<usize> },
    /// Nobody: takes up what the ties' `Spare` places have beyond the leads that stay.
    Filler,
}

/// Where leads go: the agents first, then two kinds of place for each tie's leads that stay.
///
/// A tie of `n` leads of which `least..=most` move has `n - most` places for `Certain` and
/// `most - least` for `Spare` stays, all of which are to be filled.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Agent(usize),
    Certain(usize),
    Spare(usize),
}

/// The numbering of places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    pub agents: usize,
    pub ties: usize,
}

impl Places {
    /// How many places there are.
    pub fn len(self) -> usize {
        self.agents + 2 * self.ties
    }

    /// What the place of that number is.
    pub fn at(self, place: usize) -> Place {
        match place.checked_sub(self.agents) {
            None => Place::Agent(place),
            Some(stay) if stay < self.ties => Place::Certain(stay),
            Some(stay) => Place::Spare(stay - self.ties),
        }
    }

    /// The number of the place of a tie's leads that stay in any case.
    pub fn certain(self, tie: usize) -> usize {
        self.agents + tie
    }

    /// The number of the place of those that may stay.
    pub fn spare(self, tie: usize) -> usize {
        self.agents + self.ties + tie
    }

    /// The numbers of all those places.
    pub fn spares(self) -> impl Iterator<Item = usize> {
        (0..self.ties).map(move |tie| self.spare(tie))
    }
}

impl Kind {
    /// What a lead of this kind costs in a place: 1 for a return (R6). `None` where it can't go.
    pub fn cost(self, place: Place) -> Option<i32> {
        match (self, place) {
            (Self::Lead { owner, last_owner, .. }, Place::Agent(agent)) => {
                (owner != Some(agent)).then(|| i32::from(last_owner == Some(agent)))
            }
            (Self::Lead { tie, .. }, Place::Certain(stay) | Place::Spare(stay)) => (tie == Some(stay)).then_some(0),
            (Self::Filler, Place::Spare(_)) => Some(0),
            (Self::Filler, Place::Agent(_) | Place::Certain(_)) => None,
        }
    }

    /// The tie that it belongs to, if it belongs to one.
    pub fn tie(self) -> Option<usize> {
        match self {
            Self::Lead { tie, .. } => tie,
            Self::Filler => None,
        }
    }

    /// The agents it doesn't go to for nothing: its owner and its last owner.
    pub fn shuns(self) -> impl Iterator<Item = usize> {
        let agents = match self {
            Self::Lead { owner, last_owner, .. } => [owner, last_owner],
            Self::Filler => [None, None],
        };
        agents.into_iter().flatten()
    }
}
