//! Which tasks of a queue somebody asks for, by when their next call was agreed for.

/// By the open follow-up of a lead, in company time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Due {
    /// Whenever, or never agreed on.
    #[default]
    Any,
    /// Today or before.
    Today,
    /// For a time that has passed.
    Overdue,
    /// No call was agreed on.
    Open,
    /// On a later day.
    Later,
}

impl Due {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Any, Self::Today, Self::Overdue, Self::Open, Self::Later];

    /// As addresses have it; nothing for any.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Today => "today",
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::Later => "later",
        }
    }

    /// As it is offered.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Any => "Any time",
            Self::Today => "Due today or overdue",
            Self::Overdue => "Overdue",
            Self::Open => "No call agreed",
            Self::Later => "On a later day",
        }
    }

    /// The one that addresses have as `key`; nothing for a key that none has.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|due| due.key() == key)
    }
}
