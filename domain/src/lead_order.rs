//! In what order leads are listed.

/// By when they came in, or by their time on the status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeadOrder {
    #[default]
    Newest,
    Oldest,
    /// Since the longest on their status.
    Longest,
    Latest,
}

impl LeadOrder {
    /// In the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Longest, Self::Latest];

    /// As addresses have it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Longest => "longest",
            Self::Latest => "latest",
        }
    }

    /// As it is offered.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Newest => "Newest first",
            Self::Oldest => "Oldest first",
            Self::Longest => "Longest on status first",
            Self::Latest => "Latest on status first",
        }
    }

    /// The one that addresses have as `key`; nothing for a key that none has.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.key() == key)
    }

    /// Whether it goes by the time on the status.
    #[must_use]
    pub const fn is_by_status(self) -> bool {
        matches!(self, Self::Longest | Self::Latest)
    }

    /// Whether the latest come first, of what it goes by.
    #[must_use]
    pub const fn is_descending(self) -> bool {
        matches!(self, Self::Newest | Self::Latest)
    }
}
