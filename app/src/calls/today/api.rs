use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, leads::detail::Entry};

/// The viewer's calls of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallsToday {
    /// Newest first; those that were undone among them.
    pub calls: Vec<CallToday>,
    /// Whether there are more than are shown.
    pub more: bool,
    /// IANA name of the company's zone.
    pub time_zone: String,
}

/// A call, and the lead that it was with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CallToday {
    pub lead: i64,
    /// Nothing where the viewer may no longer see the lead.
    pub name: Option<String>,
    /// As the lead's timeline has it.
    pub entry: Entry,
}

impl CallToday {
    /// As [`Entry::timeless`].
    #[must_use]
    pub fn timeless(&self) -> Self {
        Self { entry: self.entry.timeless(), ..self.clone() }
    }
}

/// The calls that the viewer logged today, for whoever may log calls.
#[server(ReadCallsToday, endpoint = "calls/today", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_calls_today() -> Result<CallsToday, Fault> {
    crate::server::calls_today::read().await
}
