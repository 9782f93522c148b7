//! The columns of the list of users.

use crate::order::Column;

/// What the list of users can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserColumn {
    #[default]
    Name,
    Role,
    /// The leads on the queue.
    Queue,
    /// Who receives leads, who is on leave, who is banned, who works no queue.
    State,
}

impl Column for UserColumn {
    const ALL: &'static [Self] = &[Self::Name, Self::Role, Self::Queue, Self::State];

    fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Role => "Role",
            Self::Queue => "Leads / cap",
            Self::State => "Receiving leads",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Role => "role",
            Self::Queue => "queue",
            Self::State => "state",
        }
    }

    fn is_figure(self) -> bool {
        self == Self::Queue
    }
}
